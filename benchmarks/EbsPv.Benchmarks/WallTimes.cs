namespace EbsPv.Benchmarks;

/// <summary>
/// The README's line in a fresh process, engine start included, beside the AWS half of the shell runbook: describe-instances, three times
/// create-volume, describe-volumes. Medians of alternating runs; the ratio is the result, the seconds are of this machine.
/// </summary>
internal static class WallTimes
{
    private static readonly string[][] Runbook =
    [
        ["ec2", "describe-instances", "--filters", "Name=instance.group-name,Values=nodes.proyecto.k8s.local", "Name=instance-state-name,Values=pending,running"],
        ["ec2", "create-volume", "--availability-zone", "eu-west-1b", "--size", "10", "--volume-type", "gp2"],
        ["ec2", "create-volume", "--availability-zone", "eu-west-1b", "--size", "10", "--volume-type", "gp2"],
        ["ec2", "create-volume", "--availability-zone", "eu-west-1c", "--size", "10", "--volume-type", "gp2"],
        ["ec2", "describe-volumes"],
    ];

    public static async Task<int> RunAsync(int repetitions, TextWriter output)
    {
        await using var sandbox = await BackgroundServer.StartSandboxAsync();
        var (moto, aws) = (Programs.Find("moto_server"), Programs.Find("aws"));
        if (moto is null || aws is null) await output.WriteLineAsync("moto_server or aws is not on the path: the runbook's row is left out.");
        await using var runbook = moto is null || aws is null ? null : await BackgroundServer.StartMotoAsync(moto);

        var (three, hundred, shell) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        for (var run = 0; run < repetitions; run++)
        {
            three.Add(await LineAsync(sandbox, $"three-{run}", 3));
            hundred.Add(await LineAsync(sandbox, $"hundred-{run}", 100));
            if (runbook is not null) shell.Add(await RunbookAsync(runbook, aws!));
        }

        await WriteAsync(output, repetitions, Stopwatched.Median(three), Stopwatched.Median(hundred), shell.Count == 0 ? null : Stopwatched.Median(shell));
        return 0;
    }

    private static Task<TimeSpan> LineAsync(BackgroundServer sandbox, string set, int count) => Stopwatched.RunAsync(
        Programs.Shell,
        [
            "-Command",
            $"Import-Module '{Path.Combine(Programs.Root, "EbsPv.psd1")}'; "
            + $"Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count {count} -SetName {set} | Register-EbsPersistentVolume",
        ],
        sandbox.Environment);

    private static async Task<TimeSpan> RunbookAsync(BackgroundServer moto, string aws)
    {
        var total = TimeSpan.Zero;
        foreach (var step in Runbook) total += await Stopwatched.RunAsync(aws, step, moto.Environment);
        return total;
    }

    private static async Task WriteAsync(TextWriter output, int repetitions, double three, double hundred, double? shell)
    {
        await output.WriteLineAsync($"""
            Wall time in fresh processes, median of {repetitions} alternating runs.

            row                                                       seconds  ratio
            EbsPv, 3 volumes to Available PersistentVolumes, sandbox  {three,7:0.00}
            EbsPv, 100 of them, sandbox                               {hundred,7:0.00}  {hundred / three:0.00} x its 3
            """);
        if (shell is { } seconds)
            await output.WriteLineAsync($"shell runbook, 3 volumes, its five aws processes, moto     {seconds,7:0.00}  EbsPv takes {three / seconds:0.00} of it");
    }
}
