using Amazon.Runtime;
using EbsPv.Clients.Aws;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Server;
using EbsPv.Tests.Sandbox.Ec2;
using EbsPv.Volumes;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>Changes of volumes by the real client against a sandbox, on a clock that is put forward by every wait.</summary>
internal sealed class SetVolumeHarness : IAsyncDisposable, IReporter
{
    private static readonly VolumeChangeTarget Here = new(KopsCluster.Region, KopsCluster.Name, null);

    private readonly Ec2Harness _sandbox;
    private readonly List<string> _said = [];

    private SetVolumeHarness(Ec2Harness sandbox)
    {
        _sandbox = sandbox;
        Time = new WaitlessTime(sandbox.Server.Clock);
        Ec2 = Connect();
    }

    public SandboxServer Server => _sandbox.Server;

    public WaitlessTime Time { get; }

    public IEc2 Ec2 { get; }

    public static CancellationToken Stop => Ec2Harness.Stop;

    public IReadOnlyList<string> Said
    {
        get { lock (_said) return [.. _said]; }
    }

    public IReadOnlyDictionary<string, int> Calls => Server.Ledger.Counts;

    public static async Task<SetVolumeHarness> StartAsync(Ec2Settings? settings = null) => new(await Ec2Harness.StartAsync(settings));

    /// <summary>Another process: only the server and the time are the same.</summary>
    public IEc2 Connect() => new Ec2Service(
        _sandbox.NewClient(), KopsCluster.Region, null, null, new Ec2Caller(new Ec2Pacer(Time), "account", Credentials(), this, Time));

    public IReadOnlyList<string> Seed(int count, string type = "gp3", int size = 10, int? iops = null)
    {
        var tags = new Dictionary<string, string> { ["KubernetesCluster"] = KopsCluster.Name, ["Name"] = "data-{n}" };
        var seed = new VolumeSeed { Count = count, VolumeType = type, Size = size, Iops = iops, Tags = tags };
        return [.. seed.Volumes(Server.Clock.GetUtcNow()).Select(volume => Server.Ec2.AddVolume(volume).VolumeId)];
    }

    public EbsVolume Volume(string id) => Server.Ec2.FindVolume(id)!.At(Server.Clock.GetUtcNow());

    public int Modifications(IEnumerable<string> ids) => ids.Sum(id => Volume(id).Modifications.Count);

    public void Fail(FaultKind kind, int times = 1, string code = "InternalError", int status = 500, string? target = null) =>
        Server.Faults.Add(new Fault { Kind = kind, Operation = "ModifyVolume", Times = times, Code = code, Status = status, Target = target });

    /// <summary>What the cmdlet does once it has its volumes: one read, one plan each, one run.</summary>
    public async Task<Outcome> SetAsync(IReadOnlyList<string> ids, VolumeChangeSpec spec, VolumeChangeOptions? options = null) =>
        await RunAsync(await PlanAsync(ids, spec), options);

    public async Task<IReadOnlyList<VolumeChangePlan>> PlanAsync(IReadOnlyList<string> ids, VolumeChangeSpec spec)
    {
        var found = await VolumesById.ReadAsync(Ec2, ids, Stop);
        var candidates = ids.Select(id => VolumeChangeCandidate.Of(VolumeToChange.Of(id), found, VolumeChangeRules.Checked(spec), Here));
        return [.. candidates.Select(candidate => candidate.Plan ?? throw candidate.Refusal!)];
    }

    public async Task<Outcome> RunAsync(IReadOnlyList<VolumeChangePlan> plans, VolumeChangeOptions? options = null, IEc2? ec2 = null)
    {
        var run = new VolumeChangeRun(ec2 ?? Ec2, plans, options ?? new VolumeChangeOptions(), this, Time);
        await run.RunAsync(Stop);
        var outcome = new Outcome([], []);
        for (var index = 0; index < plans.Count; index++)
        {
            try
            {
                outcome.Volumes.Add(await run.VolumeAsync(index).WaitAsync(Stop));
            }
            catch (EbsPvException failure)
            {
                outcome.Failures.Add(failure);
            }
        }

        return outcome;
    }

    public void Verbose(string message)
    {
        lock (_said) _said.Add(message);
    }

    public void Warning(string message) => Verbose(message);

    public void Progress(string activity, string status, int done, int total)
    {
    }

    private SessionCredentials Credentials() => new(() => new BasicAWSCredentials("sandbox", "sandbox"), Time);

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    internal sealed record Outcome(List<ClusterEbsVolume> Volumes, List<EbsPvException> Failures);

    /// <summary>Every wait is over at once and puts the sandbox's clock forward.</summary>
    internal sealed class WaitlessTime(SandboxClock clock) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => GetUtcNow().Ticks;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Timer(clock, () => callback(state));
            timer.Change(dueTime, period);
            return timer;
        }

        private sealed class Timer(SandboxClock clock, Action fire) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                ThreadPool.QueueUserWorkItem(_ =>
                {
                    clock.Advance(dueTime);
                    fire();
                });
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
