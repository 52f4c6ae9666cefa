namespace EbsPv.Benchmarks;

/// <summary>
/// Listing 100,000 volumes under a limit of the garbage collector's heap that a list of 5,000 just needs, plus a tenth: memory that grew
/// with the list would end the process.
/// </summary>
internal static class ListingMemory
{
    private const int Few = 5_000;
    private const int Many = 100_000;

    public static async Task<int> RunAsync(TextWriter output)
    {
        await using var sandbox = await BackgroundServer.StartSandboxAsync();
        await SeedAsync(sandbox, "few.k8s.local", Few);
        await SeedAsync(sandbox, "many.k8s.local", Many);

        var needed = await HeapLimit.LeastAsync(limit => CompletesAsync(sandbox, "few.k8s.local", Few, limit));
        var limit = needed * 11 / 10;
        var completed = await CompletesAsync(sandbox, "many.k8s.local", Many, limit);
        await output.WriteLineAsync($"""
            Memory of a listing, as a hard limit of the garbage collector's heap.

            row                                         MB  ratio
            least limit that lists {Few} volumes    {needed / 1024.0,6:0.0}
            limit given to list {Many} volumes    {limit / 1024.0,6:0.0}  {(double)limit / needed:0.00} of it: {(completed ? "completed" : "DID NOT COMPLETE")}
            """);
        return completed ? 0 : 1;
    }

    private static async Task SeedAsync(BackgroundServer sandbox, string cluster, int count)
    {
        using var http = new HttpClient();
        using var body = new StringContent(
            $$$"""{"count":{{{count}}},"tags":{"KubernetesCluster":"{{{cluster}}}","Name":"volume-{n}"}}""", null, "application/json");
        (await http.PostAsync(new Uri($"{sandbox.Environment["AWS_ENDPOINT_URL"]}/_sandbox/ec2/volumes"), body)).EnsureSuccessStatusCode();
    }

    private static Task<bool> CompletesAsync(BackgroundServer sandbox, string cluster, int count, int kilobytes) => HeapLimit.CompletesAsync(
        sandbox, $"$n = 0; Get-ClusterEbsVolume {cluster} -ErrorAction Stop | ForEach-Object {{ $n++ }}; if ($n -ne {count}) {{ exit 3 }}", kilobytes);
}
