using EbsPv.Sandbox.Kubernetes.Binding;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>An API server in memory, as strict as a modern one where EbsPv can feel it, that fails on demand.</summary>
public sealed class KubernetesApi : ISandboxApi, IAsyncDisposable
{
    private const string Service = "kubernetes";
    private readonly SandboxClock _clock;
    private readonly CallLedger _ledger;
    private readonly FaultPlan _faults;
    private readonly ServedTypes _served;
    private readonly RequestRouter _router;
    private readonly PersistentVolumeBinder _binder;
    private readonly CancellationTokenSource _stopping = new();

    public KubernetesApi(SandboxClock clock, CallLedger ledger, FaultPlan faults, KubernetesOptions options, IDisks? disks = null)
    {
        _clock = clock;
        _ledger = ledger;
        _faults = faults;
        Options = options;
        State = new KubernetesState(clock, options.HistoryLimit);
        _served = new ServedTypes(options);
        _router = new RequestRouter(State, options, _served, clock);
        _binder = new PersistentVolumeBinder(State, options, clock, disks);
        Pods = new PodPlacement(State, disks);
        _binder.Start();
    }

    /// <summary>The objects, to be seeded and looked at from the same process.</summary>
    public KubernetesState State { get; }

    /// <summary>Where the pods go, and what they take along.</summary>
    public PodPlacement Pods { get; }

    /// <summary>May be changed while it runs, but for the version and the history.</summary>
    public KubernetesOptions Options { get; }

    /// <summary>Waits until the binder has dealt with everything so far, so that nothing will change any more by itself.</summary>
    public Task SettleAsync(CancellationToken cancellationToken = default) => _binder.SettleAsync(cancellationToken);

    public async Task HandleAsync(HttpContext context)
    {
        var arrival = _clock.GetUtcNow();
        try
        {
            var request = await ApiRequest.ReadAsync(context, _served);
            await ServeAsync(context, request, _faults.Next(request.Operation, request.Target), arrival);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            // The client has gone or the sandbox is being stopped: there is nobody to answer.
            context.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _binder.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context, ApiRequest request, FaultTurn? turn, DateTimeOffset arrival)
    {
        switch (turn?.Kind)
        {
            case FaultKind.CutBefore:
            case FaultKind.Hang when !request.IsWatch:
                await LeaveAsync(context, request, turn, arrival);
                return;
            case FaultKind.Error:
                turn.Strike();
                await AnswerAsync(context, request, Failure(turn.Fault), arrival);
                return;
            case FaultKind.Delay:
                // A slow server does its work even when the client no longer waits for it.
                turn.Strike();
                await _clock.Delay(turn.Fault.Delay, _stopping.Token);
                break;
            case FaultKind.Pause when !await turn.HoldAsync():
                context.Abort();
                return;
        }

        if (_router.Refuse(context.Request.Headers.Authorization.ToString(), request) is { } refusal)
            await AnswerAsync(context, request, ApiResponse.Failure(refusal), arrival);
        else if (request.IsWatch) await WatchAsync(context, request, turn, arrival);
        else await HandleAsync(context, request, turn, arrival);
    }

    private async Task HandleAsync(HttpContext context, ApiRequest request, FaultTurn? turn, DateTimeOffset arrival)
    {
        var response = _router.Answer(request);
        switch (turn?.Kind)
        {
            case FaultKind.CutAfter or FaultKind.HangAfter:
                await LeaveAsync(context, request, turn, arrival);
                break;
            case FaultKind.ErrorAfter:
                turn.Strike();
                await AnswerAsync(context, request, Failure(turn.Fault), arrival);
                break;
            case FaultKind.CutInside:
                Record(request, arrival, response.Status, $"{turn.Kind}");
                turn.Strike();
                await response.SendHalfAsync(context);
                break;
            default:
                await AnswerAsync(context, request, response, arrival);
                break;
        }
    }

    private async Task WatchAsync(HttpContext context, ApiRequest request, FaultTurn? turn, DateTimeOffset arrival)
    {
        WatchStream stream;
        try
        {
            stream = new WatchStream(State, Options, _clock, context, request, turn);
        }
        catch (ApiStatusException failure)
        {
            await AnswerAsync(context, request, ApiResponse.Failure(failure.Status), arrival);
            return;
        }

        Record(request, arrival, 200, null);
        turn?.Strike();
        await stream.RunAsync(_stopping.Token);
    }

    /// <summary>No answer, whatever has been done: the connection is cut, or is kept until the client gives up.</summary>
    private async Task LeaveAsync(HttpContext context, ApiRequest request, FaultTurn turn, DateTimeOffset arrival)
    {
        Record(request, arrival, 0, $"{turn.Kind}");
        turn.Strike();
        if (!turn.Hangs)
        {
            context.Abort();
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        await Task.Delay(Timeout.Infinite, end.Token);
    }

    // Recorded before it is sent: whoever has the answer finds the call in the ledger.
    private Task AnswerAsync(HttpContext context, ApiRequest request, ApiResponse response, DateTimeOffset arrival)
    {
        Record(request, arrival, response.Status, response.Reason);
        return response.SendAsync(context);
    }

    private void Record(ApiRequest request, DateTimeOffset arrival, int status, string? error) =>
        _ledger.Add(arrival, Service, request.Operation, request.Target, status, error);

    private static ApiResponse Failure(Fault fault) =>
        ApiResponse.Failure(new ApiStatus(fault.Status, fault.Code, fault.Message) { RetryAfter = fault.RetryAfter });
}
