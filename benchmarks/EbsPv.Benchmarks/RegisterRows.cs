namespace EbsPv.Benchmarks;

/// <summary>What was measured of registering: for every round the time, and what the servers had of the processors in it.</summary>
internal sealed class RegisterRows(int rounds)
{
    private const double TargetRatio = 1.0 / 3, TargetMilliseconds = 200;

    public List<(TimeSpan Time, TimeSpan Servers)> Kubectl { get; } = [];

    public List<(TimeSpan Time, TimeSpan Servers)> Posted { get; } = [];

    public List<(TimeSpan Time, TimeSpan Servers)> Plain { get; } = [];

    public List<(TimeSpan Time, TimeSpan Servers)> Available { get; } = [];

    public List<(TimeSpan Time, TimeSpan Servers)> Engine { get; } = [];

    /// <summary>Milliseconds from sent to answered, of every post.</summary>
    public List<double> Posts { get; } = [];

    public async Task WriteAsync(TextWriter output, int count)
    {
        var theirs = Seconds(Kubectl);
        var posts = Posts.Order().ToList();
        var (ratio, slowest) = (Seconds(Posted) / theirs, At(posts, 0.99));
        await output.WriteLineAsync($"""
            {count} PersistentVolumes at a real kube-apiserver, whole processes, median of {rounds} alternating rounds. Servers: what kube-apiserver, etcd and
            kube-controller-manager had of the {Environment.ProcessorCount} processors meanwhile. The engine is compiled ahead of time; one row has it as NuGet and the dotnet tool do.

            row                                                                     seconds  of kubectl's  servers' s
            {Row($"kubectl create -f, one file of {count} documents, does not wait", Kubectl, theirs)}
            {Row("EbsPv with preflight, -NoWait: like for like", Posted, theirs)}
            {Row("the same in an engine that is not compiled ahead of time", Plain, theirs)}
            {Row("EbsPv with preflight, until all are Available: what kubectl leaves out", Available, theirs)}
            {Row("the PowerShell engine's start and end, which is part of EbsPv's", Engine, theirs)}

            A post's latency as -Verbose tells it (sent to answered, {posts.Count} posts): median {At(posts, 0.5):0} ms, 99th percentile {slowest:0} ms, longest {posts[^1]:0} ms.
            Target, at most a third of kubectl's time: {ratio:0.00}, {Said(ratio <= TargetRatio)}. Target, 99th percentile of at most {TargetMilliseconds} ms: {slowest:0} ms, {Said(slowest <= TargetMilliseconds)}.
            Where something else runs on the machine, all rows grow, but not alike.
            """);
    }

    private static string Row(string name, List<(TimeSpan Time, TimeSpan Servers)> rounds, double theirs) =>
        $"{name,-70}  {Seconds(rounds),7:0.00}  {Seconds(rounds) / theirs,12:0.00}  {Stopwatched.Median(rounds.Select(round => round.Servers)),10:0.00}";

    private static double Seconds(List<(TimeSpan Time, TimeSpan Servers)> rounds) => Stopwatched.Median(rounds.Select(round => round.Time));

    private static double At(List<double> sorted, double part) => sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(sorted.Count * part) - 1)];

    private static string Said(bool reached) => reached ? "reached" : "missed";
}
