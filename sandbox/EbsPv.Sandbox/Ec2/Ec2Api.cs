using EbsPv.Sandbox.Ec2.Operations;
using EbsPv.Sandbox.Ec2.Protocol;
using EbsPv.Sandbox.Ec2.Sts;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Ec2;

/// <summary>EC2 and STS behind one port: reads a request, plays a fault, lets it through or not, and writes it into the ledger.</summary>
public sealed class Ec2Api : ISandboxApi
{
    private readonly Ec2State _state;
    private readonly CallLedger _ledger;
    private readonly FaultPlan _faults;
    private readonly RateLimiter _limiter = new();
    private readonly IssuedKeys _keys;
    private readonly CallerRules _callers;
    private readonly SsoPortal _sso;
    private readonly QueryService[] _services;

    public Ec2Api(Ec2State state, CallLedger ledger, FaultPlan faults)
    {
        _state = state;
        _ledger = ledger;
        _faults = faults;
        _keys = new IssuedKeys(state.Clock);
        _callers = new CallerRules(state, _keys);
        _sso = new SsoPortal(state, _keys, ledger);
        _services =
        [
            new Ec2Service(
            [
                new DescribeInstances(state), new DescribeVolumes(state), new DescribeAvailabilityZones(state),
                new CreateVolume(state), new DeleteVolume(state), new CreateTags(state), new DeleteTags(state),
                new ModifyVolume(state), new DescribeVolumesModifications(state),
                new CreateSnapshot(state), new DescribeSnapshots(state), new DeleteSnapshot(state),
            ]),
            new StsService([new AssumeRole(_keys), new AssumeRoleWithWebIdentity(_keys), new GetCallerIdentity(_keys)]),
        ];
    }

    public async Task HandleAsync(HttpContext context)
    {
        if (SsoPortal.Serves(context.Request))
        {
            await _sso.HandleAsync(context);
            return;
        }

        var call = await ReadAsync(context);
        var turn = _faults.Next(call.Action, call.Target);
        switch (turn?.Kind)
        {
            case FaultKind.CutBefore or FaultKind.Hang:
                await LeaveAsync(context, call, turn);
                return;
            case FaultKind.Delay:
                turn.Strike();
                await _state.Clock.Delay(turn.Fault.Delay);
                break;
            case FaultKind.Pause when !await turn.HoldAsync():
                context.Abort();
                return;
        }

        var answer = turn?.Kind == FaultKind.Error ? Refuse(call, turn) : await ServeAsync(context, call);
        if (turn?.Kind is FaultKind.CutAfter or FaultKind.HangAfter)
        {
            await LeaveAsync(context, call, turn);
            return;
        }

        if (turn?.Kind == FaultKind.CutInside)
        {
            Record(call, answer.Status, $"{turn.Kind}");
            turn.Strike();
            await answer.SendHalfAsync(context.Response);
        }

        // Before the answer leaves: who has it finds the call in the ledger.
        Record(call, answer.Status, answer.ErrorCode);
        if (turn?.Fault.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = $"{seconds}";
        await answer.SendAsync(context.Response);
    }

    /// <summary>Full buckets, no temporary keys: what is not part of the state and would outlive a reset of it.</summary>
    public void Forget()
    {
        _limiter.Reset();
        _keys.Clear();
    }

    private static QueryAnswer Refuse(QueryCall call, FaultTurn turn)
    {
        turn.Strike();
        return QueryAnswer.Refuse(call.Service, new Ec2Exception(turn.Fault.Code, turn.Fault.Message, turn.Fault.Status));
    }

    /// <summary>No answer, whatever has been done: the connection is cut, or is kept until the client gives up.</summary>
    private async Task LeaveAsync(HttpContext context, QueryCall call, FaultTurn turn)
    {
        Record(call, 0, $"{turn.Kind}");
        turn.Strike();
        if (turn.Hangs) await UntilAbortedAsync(context);
        else context.Abort();
    }

    private static async Task UntilAbortedAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private async Task<QueryCall> ReadAsync(HttpContext context)
    {
        var parameters = await QueryForm.ReadAsync(context.Request, context.RequestAborted);
        var action = parameters.Text("Action") ?? "";
        var version = parameters.Text("Version");
        var service = _services.FirstOrDefault(service => service.Version == version) ?? _services[0];
        return new QueryCall(service, action, service.Find(action), parameters, _state.Clock.GetUtcNow());
    }

    private async Task<QueryAnswer> ServeAsync(HttpContext context, QueryCall call)
    {
        try
        {
            var (operation, request) = LetThrough(context.Request, call);
            var settings = _state.Settings;
            var latency = settings.LatencyByAction.GetValueOrDefault(call.Action, settings.Latency);
            if (latency > TimeSpan.Zero) await _state.Clock.Delay(latency);
            return QueryAnswer.Serve(call.Service, operation, request with { Now = _state.Clock.GetUtcNow() });
        }
        catch (Ec2Exception error)
        {
            return QueryAnswer.Refuse(call.Service, error);
        }
    }

    private (IEc2Operation Operation, Ec2Request Request) LetThrough(HttpRequest http, QueryCall call)
    {
        if (call.Parameters.Text("Version") != call.Service.Version)
            throw new Ec2Exception("InvalidAction", $"The action {call.Action} is not valid for this web service version.");
        if (call.Operation is not { } operation)
            throw new Ec2Exception("InvalidAction", $"The action {call.Action} is not valid for this web service.");

        // A web identity is what it has instead of a signature.
        var caller = operation is AssumeRoleWithWebIdentity ? CallerCredential.Nobody : CallerCredential.From(http);
        if (caller != CallerCredential.Nobody) _callers.Check(caller, call.Service, call.Action);
        CheckRate(caller, call);
        var unknown = call.Parameters.Children.Keys
            .FirstOrDefault(name => name is not ("Action" or "Version") && !operation.Parameters.Contains(name));
        if (unknown is not null) throw Ec2Errors.UnknownParameter(unknown);
        if (call.Service.Name == "ec2") _callers.CheckPolicies(caller, call.Action, call.Parameters);
        return (operation, new Ec2Request(call.Action, call.Parameters, caller, call.Arrived));
    }

    private void CheckRate(CallerCredential caller, QueryCall call)
    {
        var settings = _state.Settings;
        if (!settings.RateLimits || call.Service.Name != "ec2") return;

        var bucket = DocumentedBuckets.For(call.Action, call.Parameters);
        var size = settings.Buckets.GetValueOrDefault(bucket) ?? DocumentedBuckets.Of(bucket);
        if (!_limiter.TryTake(caller.Region, bucket, size, call.Arrived)) throw Ec2Errors.Throttled();
    }

    private void Record(QueryCall call, int status, string? error) =>
        _ledger.Add(call.Arrived, call.Service.Name, call.Action, call.Target, status, error);

    private sealed record QueryCall(
        QueryService Service, string Action, IEc2Operation? Operation, QueryNode Parameters, DateTimeOffset Arrived)
    {
        public string Target { get; } = Operation?.Target(Parameters) ?? "";
    }
}
