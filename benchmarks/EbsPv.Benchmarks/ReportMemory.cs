namespace EbsPv.Benchmarks;

/// <summary>
/// The storage report of 10,000 volumes and their PersistentVolumes under a limit of the garbage collector's heap that a report of 2,000 just needs, plus an
/// allowance for what is kept of each PersistentVolume: the volumes themselves, and everything else about them, must not be kept.
/// </summary>
internal static class ReportMemory
{
    private const int Few = 2_000;
    private const int Many = 10_000;

    /// <summary>Kilobytes for each PersistentVolume more: its digest, and what the list remembers not to hand out twice.</summary>
    private const int Allowance = 2;

    private const string Cluster = "proyecto.k8s.local";

    public static async Task<int> RunAsync(TextWriter output)
    {
        int needed;
        await using (var few = await SeededAsync(Few)) needed = await HeapLimit.LeastAsync(limit => CompletesAsync(few, Few, limit));
        var limit = needed + ((Many - Few) * Allowance);
        await using var many = await SeededAsync(Many);
        var completed = await CompletesAsync(many, Many, limit);
        await output.WriteLineAsync($"""
            Memory of a storage report, as a hard limit of the garbage collector's heap.

            row                                                       MB
            least limit that reports {Few} volumes and PVs       {needed / 1024.0,6:0.0}
            limit given to report {Many} volumes and PVs       {limit / 1024.0,6:0.0}  {Allowance} KB for each PersistentVolume more: {(completed ? "completed" : "DID NOT COMPLETE")}
            """);
        return completed ? 0 : 1;
    }

    private static async Task<BackgroundServer> SeededAsync(int count)
    {
        var sandbox = await BackgroundServer.StartSandboxAsync();
        using var http = new HttpClient();
        using var body = new StringContent(
            $$$"""{"count":{{{count}}},"availabilityZones":["eu-west-1b"],"tags":{"KubernetesCluster":"{{{Cluster}}}","Name":"volume-{n}"}}""", null, "application/json");
        (await http.PostAsync(new Uri($"{sandbox.Environment["AWS_ENDPOINT_URL"]}/_sandbox/ec2/volumes"), body)).EnsureSuccessStatusCode();
        await Stopwatched.RunAsync(Programs.Shell, ["-Command", $"{HeapLimit.Import}; $null = Get-ClusterEbsVolume {Cluster} | Register-EbsPersistentVolume -NoWait -SkipPreflight -ErrorAction Stop"], sandbox.Environment);
        return sandbox;
    }

    private static Task<bool> CompletesAsync(BackgroundServer sandbox, int count, int kilobytes) => HeapLimit.CompletesAsync(
        sandbox,
        $"$n = 0; Get-ClusterStorageReport {Cluster} -ErrorAction Stop | ForEach-Object {{ if ($_.Kind -eq 'Registered') {{ $n++ }} }}; if ($n -ne {count}) {{ exit 3 }}",
        kilobytes);
}
