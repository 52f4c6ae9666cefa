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
    private readonly RequestRouter _router;
    private readonly PersistentVolumeBinder _binder;
    private readonly CancellationTokenSource _stopping = new();

    public KubernetesApi(SandboxClock clock, CallLedger ledger, FaultPlan faults, KubernetesOptions options)
    {
        _clock = clock;
        _ledger = ledger;
        _faults = faults;
        Options = options;
        State = new KubernetesState(clock, options.HistoryLimit);
        _router = new RequestRouter(State, options, clock);
        _binder = new PersistentVolumeBinder(State, options, clock);
        _binder.Start();
    }

    /// <summary>The objects, to be seeded and looked at from the same process.</summary>
    public KubernetesState State { get; }

    /// <summary>May be changed while it runs, but for the version and the history.</summary>
    public KubernetesOptions Options { get; }

    /// <summary>Waits until the binder has dealt with everything so far, so that nothing will change any more by itself.</summary>
    public Task SettleAsync(CancellationToken cancellationToken = default) => _binder.SettleAsync(cancellationToken);

    public async Task HandleAsync(HttpContext context)
    {
        var arrival = _clock.GetUtcNow();
        try
        {
            var request = await ApiRequest.ReadAsync(context);
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

    private async Task ServeAsync(HttpContext context, ApiRequest request, Fault? fault, DateTimeOffset arrival)
    {
        switch (fault?.Kind)
        {
            case FaultKind.CutBefore:
                Cut(context, request, arrival);
                return;
            case FaultKind.Error:
                await AnswerAsync(context, request, Failure(fault), arrival);
                return;
            case FaultKind.Hang when !request.IsWatch:
                Record(request, arrival, 0, nameof(FaultKind.Hang));
                await HangAsync(context);
                return;
            case FaultKind.Delay:
                // A slow server does its work even when the client no longer waits for it.
                await _clock.Delay(fault.Delay, _stopping.Token);
                break;
        }

        if (_router.Refuse(context.Request.Headers.Authorization.ToString(), request) is { } refusal)
            await AnswerAsync(context, request, ApiResponse.Failure(refusal), arrival);
        else if (request.IsWatch) await WatchAsync(context, request, fault?.Kind, arrival);
        else await HandleAsync(context, request, fault?.Kind, arrival);
    }

    private async Task HandleAsync(HttpContext context, ApiRequest request, FaultKind? fault, DateTimeOffset arrival)
    {
        var response = _router.Answer(request);
        switch (fault)
        {
            case FaultKind.CutAfter:
                Cut(context, request, arrival);
                break;
            case FaultKind.CutInside:
                Record(request, arrival, response.Status, "Cut");
                await response.SendHalfAsync(context);
                break;
            case FaultKind.HangAfter:
                Record(request, arrival, 0, nameof(FaultKind.HangAfter));
                await HangAsync(context);
                break;
            default:
                await AnswerAsync(context, request, response, arrival);
                break;
        }
    }

    private async Task WatchAsync(HttpContext context, ApiRequest request, FaultKind? fault, DateTimeOffset arrival)
    {
        WatchStream stream;
        try
        {
            stream = new WatchStream(State, Options, _clock, context, request, fault);
        }
        catch (ApiStatusException failure)
        {
            await AnswerAsync(context, request, ApiResponse.Failure(failure.Status), arrival);
            return;
        }

        Record(request, arrival, 200, null);
        await stream.RunAsync(_stopping.Token);
    }

    private async Task HangAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        await Task.Delay(Timeout.Infinite, end.Token);
    }

    // Recorded before it is sent: whoever has the answer finds the call in the ledger.
    private Task AnswerAsync(HttpContext context, ApiRequest request, ApiResponse response, DateTimeOffset arrival)
    {
        Record(request, arrival, response.Status, response.Reason);
        return response.SendAsync(context);
    }

    private void Cut(HttpContext context, ApiRequest request, DateTimeOffset arrival)
    {
        Record(request, arrival, 0, "Cut");
        context.Abort();
    }

    private void Record(ApiRequest request, DateTimeOffset arrival, int status, string? error) =>
        _ledger.Add(arrival, Service, request.Operation, request.Target, status, error);

    private static ApiResponse Failure(Fault fault) =>
        ApiResponse.Failure(new ApiStatus(fault.Status, fault.Code, fault.Message) { RetryAfter = fault.RetryAfter });
}
