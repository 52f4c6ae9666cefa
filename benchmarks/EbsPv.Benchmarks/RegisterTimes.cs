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
        var shell = await ShippedShell.PublishAsync();
        await using var plane = await ControlPlane.StartAsync();
        var environment = new Dictionary<string, string> { ["KUBECONFIG"] = plane.Kubeconfig };
        var manifest = Path.Combine(plane.Folder, "pv.yml");
        await ScriptAsync($"[IO.File]::WriteAllLines('{manifest}', [string[]]({Given} ConvertTo-EbsPersistentVolumeManifest))");

        var rows = new RegisterRows(rounds);
        for (var round = 0; round < rounds; round++)
        {
            rows.Kubectl.Add(await RoundAsync(plane, () => Stopwatched.RunAsync(kubectl, ["create", "-f", manifest], environment)));
            rows.Posted.Add(await RoundAsync(plane, () => ScriptAsync($"{Given} Register-EbsPersistentVolume -NoWait")));
            rows.Plain.Add(await RoundAsync(plane, () => Stopwatched.RunAsync(Programs.Shell, Command($"{Given} Register-EbsPersistentVolume -NoWait"), environment)));
            rows.Available.Add(await RoundAsync(plane, () => ScriptAsync($"{Given} Register-EbsPersistentVolume")));
            rows.Engine.Add((await Stopwatched.RunAsync(shell, ["-Command", "exit 0"], environment), TimeSpan.Zero));
            // Told apart, so that telling does not count as registering.
            await RoundAsync(plane, async () =>
            {
                var (time, told) = await Stopwatched.ReadAsync(shell, Command($"{Given} Register-EbsPersistentVolume -NoWait -Verbose 4>&1 | ForEach-Object {{ [Console]::WriteLine($_) }}"), environment);
                rows.Posts.AddRange(Post().Matches(told).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
                return time;
            });
        }

        await rows.WriteAsync(output, Count);
        return 0;

        Task<TimeSpan> ScriptAsync(string script) => Stopwatched.RunAsync(shell, Command(script), environment);
    }

    private static async Task<(TimeSpan Time, TimeSpan Servers)> RoundAsync(ControlPlane plane, Func<Task<TimeSpan>> run)
    {
        await plane.ClearAsync();
        var before = plane.ProcessorTime;
        var time = await run();
        var servers = plane.ProcessorTime - before;
        var made = (await plane.Http.PersistentVolumesAsync()).Count;
        return made == Count ? (time, servers) : throw new IOException($"{made} PersistentVolumes instead of {Count} were made.");
    }

    private static string[] Command(string script) => ["-Command", $"Import-Module '{Path.Combine(Programs.Root, "EbsPv.psd1")}'; {script}"];

    [GeneratedRegex(@"^Kubernetes create persistentvolumes \S+ at \S+: (\d+) ms", RegexOptions.Multiline)]
    private static partial Regex Post();
}
