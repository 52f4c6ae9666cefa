using System.Text.Json.Nodes;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Kubernetes.Binding;

/// <summary>
/// The persistent-volume and protection controllers, and those of the CSI driver: woken by changes, they look after the wait at what
/// was touched, and at every claim either at once or at each resync.
/// </summary>
public sealed class PersistentVolumeBinder : IAsyncDisposable
{
    // Machine time: a fast sandbox clock must not turn the wait into a spin.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);
    private readonly KubernetesState _state;
    private readonly KubernetesOptions _options;
    private readonly SandboxClock _clock;
    private readonly VolumeSync _volumes;
    private readonly ClaimSync _claims;
    private readonly ProtectionSync _protection;
    private readonly ProvisionerSync _provisioner;
    private readonly AttacherSync _attacher;
    private readonly ResizerSync _resizer;
    private readonly OutOfServiceSync? _outOfService;
    private readonly CancellationTokenSource _stopping = new();
    private readonly HashSet<string> _touchedVolumes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touchedClaims = new(StringComparer.Ordinal);
    private readonly List<JsonObject> _goneAttachments = [];
    private bool _waitsForDisks;
    private DateTimeOffset _lastResync;
    private Task _running = Task.CompletedTask;
    private long _settled = 1;

    public PersistentVolumeBinder(KubernetesState state, KubernetesOptions options, SandboxClock clock, IDisks? disks)
    {
        (_state, _options, _clock) = (state, options, clock);
        var version = ServerVersion.Parse(options.ServerVersion);
        var phases = new ObjectPhases(state, version.HasPhaseTransitionTime);
        var events = new EventRecorder(state);
        _volumes = new VolumeSync(state, phases, events);
        _claims = new ClaimSync(state, phases, events);
        _protection = new ProtectionSync(state);
        _provisioner = new ProvisionerSync(state, disks, events);
        _attacher = new AttacherSync(state, disks);
        _resizer = new ResizerSync(state, disks, phases, events);
        _outOfService = version.HasOutOfServiceTaint ? new OutOfServiceSync(state) : null;
        _lastResync = clock.GetUtcNow();
    }

    /// <summary>Waits until there is nothing more to react to, but for a resync.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        while (_options.RunBinder && Interlocked.Read(ref _settled) < _state.Version)
            await Task.Delay(TimeSpan.FromMilliseconds(2), cancellationToken);
    }

    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        using var subscription = _state.Subscribe(after: 0);
        try
        {
            while (true)
            {
                await WaitAsync(subscription);
                await _clock.Delay(_options.BinderDelay, _stopping.Token);
                if (!_options.RunBinder)
                {
                    await Task.Delay(Poll, _stopping.Token);
                    continue;
                }

                var seen = Interlocked.Read(ref _settled);
                while (subscription.Changes.TryRead(out var change)) seen = Touch(change);
                Pass();
                Interlocked.Exchange(ref _settled, seen);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task WaitAsync(StoreSubscription subscription)
    {
        var change = subscription.Changes.WaitToReadAsync(_stopping.Token).AsTask();
        if (_waitsForDisks) await Task.WhenAny(change, Task.Delay(Poll, _stopping.Token));
        else if (_options.ClaimResync > TimeSpan.Zero)
            await Task.WhenAny(change, _clock.Delay(_options.ClaimResync, _stopping.Token));
        else await change;
        _stopping.Token.ThrowIfCancellationRequested();
    }

    private long Touch(StoreEvent change)
    {
        if (change.Type == ResourceTypes.PersistentVolumes) _touchedVolumes.Add(change.After.Name());
        if (change.Type == ResourceTypes.VolumeAttachments)
        {
            if (AttacherSync.VolumeOf(change.After) is { } attached) _touchedVolumes.Add(attached);
            if (change.Deleted) _goneAttachments.Add(change.After);
        }

        if (change.Type != ResourceTypes.PersistentVolumeClaims) return change.Version;
        _touchedClaims.Add(KubernetesState.Key(change.After));
        if (change.After.Text("spec", "volumeName") is { Length: > 0 } volume) _touchedVolumes.Add(volume);
        return change.Version;
    }

    private void Pass()
    {
        var resync = _options.ClaimResync == TimeSpan.Zero || _clock.GetUtcNow() - _lastResync >= _options.ClaimResync;
        if (resync) _lastResync = _clock.GetUtcNow();
        if (resync && _options.ClaimResync > TimeSpan.Zero)
            _touchedVolumes.UnionWith(_state.Snapshot(ResourceTypes.PersistentVolumes).Objects.Keys);
        Locked(() => _outOfService?.Sync());
        // The provisioner is a process of its own: where it may be faster than the binder, it is.
        if (_options.RunProvisioner)
            foreach (var name in _touchedVolumes) Locked(() => _provisioner.Sync(name));
        foreach (var name in _touchedVolumes) Locked(() => _volumes.Sync(name));
        _waitsForDisks = false;
        var matcher = new VolumeMatcher(_state);
        foreach (var (key, seen) in _state.Snapshot(ResourceTypes.PersistentVolumeClaims).Objects)
        {
            Locked(() => Settle(seen.Namespace(), seen.Name(), resync || _touchedClaims.Contains(key), matcher));
        }

        PassOfDriver();
        foreach (var name in _touchedVolumes) Locked(() => _protection.SyncVolume(name));
        _touchedVolumes.Clear();
        _touchedClaims.Clear();
    }

    private void PassOfDriver()
    {
        if (_options.RunAttacher)
            foreach (var attachment in _goneAttachments) Locked(() => _attacher.Detach(attachment));
        _goneAttachments.Clear();
        foreach (var name in _touchedVolumes)
        {
            if (_options.RunProvisioner) Locked(() => _provisioner.Sync(name));
            if (_options.RunAttacher) Locked(() => _attacher.Sync(name));
        }
    }

    // Looked up anew: it may have changed since the pass began.
    private void Settle(string @namespace, string name, bool bind, VolumeMatcher matcher)
    {
        if (_state.Find(ResourceTypes.PersistentVolumeClaims, @namespace, name) is not { } claim) return;
        if (bind) _claims.Sync(claim, matcher);
        if (_state.Find(ResourceTypes.PersistentVolumeClaims, @namespace, name) is { } bound) _waitsForDisks |= _resizer.Sync(bound, _options.RunResizer);
        if (_state.Find(ResourceTypes.PersistentVolumeClaims, @namespace, name) is { } current) _protection.SyncClaim(current);
    }

    private void Locked(Action work) => _state.Exclusive(() =>
    {
        work();
        return true;
    });
}
