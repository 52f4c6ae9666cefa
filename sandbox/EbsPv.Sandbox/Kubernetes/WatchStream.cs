using System.Globalization;
using System.Text.Json.Nodes;
using EbsPv.Sandbox.Kubernetes.Selection;
using EbsPv.Sandbox.Kubernetes.Tables;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>One watch: events as JSON lines, until its time is up, the client goes, or a fault cuts it.</summary>
public sealed class WatchStream
{
    private readonly KubernetesState _state;
    private readonly KubernetesOptions _options;
    private readonly SandboxClock _clock;
    private readonly HttpContext _context;
    private readonly ApiRequest _request;
    private readonly LabelSelector _labels;
    private readonly FieldSelector _fields;
    private readonly FaultTurn? _fault;
    private readonly long? _start;

    /// <exception cref="ApiStatusException">The parameters are refused; nothing has been answered yet.</exception>
    public WatchStream(
        KubernetesState state, KubernetesOptions options, SandboxClock clock, HttpContext context, ApiRequest request, FaultTurn? fault)
    {
        (_state, _options, _clock, _context, _request, _fault) = (state, options, clock, context, request, fault);
        _labels = LabelSelector.Parse(request.Option("labelSelector"));
        _fields = FieldSelector.Parse(request.Option("fieldSelector"), request.Type!);
        _start = WatchStart.Parse(request);
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_context.RequestAborted, stopping);
        _context.Response.ContentType = "application/json";
        await _context.Response.StartAsync(end.Token);
        await _context.Response.Body.FlushAsync(end.Token);
        if (_fault is { Hangs: true })
        {
            await Task.Delay(Timeout.Infinite, end.Token);
            return;
        }

        var timeLimit = int.TryParse(_request.Option("timeoutSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? _clock.Delay(TimeSpan.FromSeconds(seconds), end.Token)
            : Task.Delay(Timeout.Infinite, end.Token);
        await FollowAsync(timeLimit, end.Token);
        await end.CancelAsync();
    }

    private async Task FollowAsync(Task timeLimit, CancellationToken cancellationToken)
    {
        var (subscription, present) = Open();
        using var open = subscription;
        if (subscription is null)
        {
            await SendAsync("ERROR", ApiStatus.TooOld(_start ?? 0, _state.OldestVersion).ToJson(), cancellationToken);
            return;
        }

        foreach (var owner in present)
            await SendAsync("ADDED", owner, cancellationToken);
        var bookmark = Bookmark(cancellationToken);
        var next = subscription.Changes.WaitToReadAsync(cancellationToken).AsTask();
        while (!timeLimit.IsCompleted)
        {
            await Task.WhenAny(next, bookmark, timeLimit);
            if (bookmark.IsCompletedSuccessfully)
            {
                await SendAsync("BOOKMARK", BookmarkObject(), cancellationToken);
                bookmark = Bookmark(cancellationToken);
            }

            if (!next.IsCompleted) continue;
            if (!await next) return;
            while (subscription.Changes.TryRead(out var change))
                await TellAsync(change, cancellationToken);
            next = subscription.Changes.WaitToReadAsync(cancellationToken).AsTask();
        }
    }

    // Without a version, or with 0, a watch begins with everything that is there.
    private (StoreSubscription? Subscription, IReadOnlyList<JsonObject> Present) Open() => _state.Exclusive(() =>
    {
        if (_start is > 0)
            return _start < _state.OldestVersion
                ? ((StoreSubscription?)null, Array.Empty<JsonObject>())
                : (_state.Subscribe(_start.Value), []);
        var (version, objects) = _state.Snapshot(_request.Type!);
        return (_state.Subscribe(version), objects.Values.Where(Selects).ToArray());
    });

    private Task TellAsync(StoreEvent change, CancellationToken cancellationToken)
    {
        if (change.Type != _request.Type) return Task.CompletedTask;
        var before = change.Before is not null && Selects(change.Before);
        var after = !change.Deleted && Selects(change.After);
        return (before, after) switch
        {
            (false, false) => Task.CompletedTask,
            (false, true) => SendAsync("ADDED", change.After, cancellationToken),
            (true, true) => SendAsync("MODIFIED", change.After, cancellationToken),
            (true, false) => SendAsync("DELETED", Gone(change), cancellationToken),
        };
    }

    // What left the selection is told with its last state that was in it, under the version of the change.
    private static JsonObject Gone(StoreEvent change)
    {
        if (change.Deleted) return change.After;
        var last = change.Before!.Copy();
        last.Ensure("metadata")["resourceVersion"] = $"{change.Version}";
        return last;
    }

    private bool Selects(JsonObject owner) =>
        (_request.Namespace.Length == 0 || owner.Namespace() == _request.Namespace)
        && (_request.Name.Length == 0 || owner.Name() == _request.Name)
        && _labels.Matches(owner) && _fields.Matches(owner);

    private async Task SendAsync(string type, JsonObject owner, CancellationToken cancellationToken)
    {
        var shown = _request.WantsTable && type != "ERROR"
            ? ObjectTable.Render(_request.Type!, [owner], new JsonObject { ["resourceVersion"] = owner.ResourceVersion() }, _clock.GetUtcNow())
            : owner.DeepClone();
        byte[] line = [.. ApiResponse.Bytes(new JsonObject { ["type"] = type, ["object"] = shown }), (byte)'\n'];
        var body = _context.Response.Body;
        var isCut = _fault?.Kind is FaultKind.CutAfter or FaultKind.CutInside;
        await body.WriteAsync(isCut ? line.AsMemory(0, line.Length / 2) : line, cancellationToken);
        await body.FlushAsync(cancellationToken);
        if (isCut) throw new AnswerCutException();
    }

    private Task Bookmark(CancellationToken cancellationToken) =>
        _request.Option("allowWatchBookmarks") is "true" or "1"
            ? _clock.Delay(_options.BookmarkInterval, cancellationToken)
            : Task.Delay(Timeout.Infinite, cancellationToken);

    private JsonObject BookmarkObject() => new()
    {
        ["kind"] = _request.Type!.Kind,
        ["apiVersion"] = _request.Type.ApiVersion,
        ["metadata"] = new JsonObject { ["resourceVersion"] = $"{_state.Version}", ["creationTimestamp"] = null },
    };
}
