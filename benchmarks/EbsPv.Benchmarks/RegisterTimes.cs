using System.Globalization;
using System.Text.RegularExpressions;

namespace EbsPv.Benchmarks;

/// <summary>
/// 1,000 given volumes registered at a real API server, beside kubectl create of one file with the same 1,000 documents. Whole processes,
/// engine start and preflight included; medians of alternating rounds, each of which begins without PersistentVolumes.
/// </summary>
internal static partial class RegisterTimes
{
    private const int Count = 1_000;

    private const string Given = "1..1000 | ForEach-Object { [pscustomobject]@{ VolumeId = 'vol-{0:x17}' -f $_; Name = 'data-{0:d4}' -f $_; AvailabilityZone = 'eu-west-1b'; Size = 10 } } | ";

    public static async Task<int> RunAsync(int rounds, TextWriter output)
    {
        if (Programs.Find("kubectl") is not { } kubectl) throw new IOException("kubectl is not on the path.");
        await using var plane = await ControlPlane.StartAsync();
        var environment = new Dictionary<string, string> { ["KUBECONFIG"] = plane.Kubeconfig };
        var manifest = Path.Combine(plane.Folder, "pv.yml");
        await ScriptAsync($"[IO.File]::WriteAllLines('{manifest}', [string[]]({Given} ConvertTo-EbsPersistentVolumeManifest))", environment);

        var (theirs, ours, available, posts) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            theirs.Add(await RoundAsync(plane, () => Stopwatched.RunAsync(kubectl, ["create", "-f", manifest], environment)));
            ours.Add(await RoundAsync(plane, () => ScriptAsync($"{Given} Register-EbsPersistentVolume -NoWait", environment)));
            available.Add(await RoundAsync(plane, () => ScriptAsync($"{Given} Register-EbsPersistentVolume", environment)));
            // Told apart, so that telling does not count as registering.
            await RoundAsync(plane, async () =>
            {
                var (time, told) = await Stopwatched.ReadAsync(Programs.Shell, Command($"{Given} Register-EbsPersistentVolume -NoWait -Verbose 4>&1 | ForEach-Object {{ [Console]::WriteLine($_) }}"), environment);
                posts.AddRange(Post().Matches(told).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
                return time;
            });
        }

        await WriteAsync(output, rounds, Stopwatched.Median(theirs), Stopwatched.Median(ours), Stopwatched.Median(available), [.. posts.Order()]);
        return 0;
    }

    private static async Task<TimeSpan> RoundAsync(ControlPlane plane, Func<Task<TimeSpan>> run)
    {
        await plane.ClearAsync();
        var time = await run();
        var made = (await plane.Http.PersistentVolumesAsync()).Count;
        return made == Count ? time : throw new IOException($"{made} PersistentVolumes instead of {Count} were made.");
    }

    private static Task<TimeSpan> ScriptAsync(string script, IReadOnlyDictionary<string, string> environment) => Stopwatched.RunAsync(Programs.Shell, Command(script), environment);

    private static string[] Command(string script) => ["-Command", $"Import-Module '{Path.Combine(Programs.Root, "EbsPv.psd1")}'; {script}"];

    private static async Task WriteAsync(TextWriter output, int rounds, double theirs, double ours, double available, double[] posts)
    {
        await output.WriteLineAsync($"""
            {Count} PersistentVolumes at a real kube-apiserver, whole processes, median of {rounds} alternating rounds.

            row                                                                     seconds  of kubectl's
            kubectl create -f, one file of {Count} documents, does not wait            {theirs,7:0.00}
            EbsPv with preflight, -NoWait: like for like                            {ours,7:0.00}  {ours / theirs,12:0.00}
            EbsPv with preflight, until all are Available: what kubectl leaves out  {available,7:0.00}  {available / theirs,12:0.00}

            A post's latency as -Verbose tells it (sent to answered, {posts.Length} posts, 8 at a time): median {At(posts, 0.5):0} ms, 99th percentile {At(posts, 0.99):0} ms, longest {posts[^1]:0} ms.
            """);
    }

    private static double At(double[] sorted, double part) => sorted[(int)Math.Min(sorted.Length - 1, Math.Ceiling(sorted.Length * part) - 1)];

    [GeneratedRegex(@"^Kubernetes create persistentvolumes \S+ at \S+: (\d+) ms", RegexOptions.Multiline)]
    private static partial Regex Post();
}
