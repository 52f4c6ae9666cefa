using System.Net;
using System.Runtime.CompilerServices;
using EbsPv.Errors;
using EbsPv.Ports;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>
/// A watch that survives what happens to watches: a lost connection goes on from the last version seen; a version that the server no
/// longer has, and a watch that stays silent, begin again with a list. Where watches tell nothing again and again, because they fail or
/// somebody on the way keeps them, lists at distances stand for them.
/// </summary>
/// <param name="resource">What is watched, as errors name it.</param>
/// <param name="caller">Sends the lists.</param>
/// <param name="time">The clock of pauses and of silence.</param>
/// <param name="list">Everything that there is, and its version.</param>
/// <param name="watch">One watch from a version on, which tells its failures to the action.</param>
internal sealed class ResumedWatch<T>(
    string resource,
    KubeCaller caller,
    TimeProvider time,
    Func<CancellationToken, Task<(IReadOnlyList<T> Items, string Version)>> list,
    Func<string, Action<Exception>, CancellationToken, IAsyncEnumerable<(WatchEventType Type, T Item)>> watch)
    where T : IMetadata<V1ObjectMeta>
{
    /// <summary>After how many seconds the server is asked to end a watch, so that a dead connection is noticed.</summary>
    public const int ServerEndsAfterSeconds = 240;

    private const int MaxFailures = 10;
    private const int UnheardBeforeList = 3;

    // A quiet cluster is silent for a minute, too. What the first silence may have hidden is looked for once more soon.
    private static readonly TimeSpan[] Silences = [TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)];

    private string? _version;
    private int _failures;
    private int _silences;
    private int _unheard;
    private bool _isSilent;

    public async IAsyncEnumerable<WatchNews<T>> FromAsync(
        string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _version = resourceVersion;
        while (true)
        {
            if (_version is null && await ListAsync(cancellationToken).ConfigureAwait(false) is { } all) yield return all;
            if (_version is not null)
                await foreach (var news in OnceAsync(cancellationToken).ConfigureAwait(false))
                    yield return news;
            cancellationToken.ThrowIfCancellationRequested();
            // Silence took its time already; what fails or ends is not asked again at once.
            if (!_isSilent) await Task.Delay(TimeSpan.FromMilliseconds(100 << Math.Clamp(_unheard, 1, 6)), time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Null: it failed, and is tried again.
    private async Task<WatchNews<T>?> ListAsync(CancellationToken cancellationToken)
    {
        _isSilent = false;
        try
        {
            (var items, _version) = await list(cancellationToken).ConfigureAwait(false);
            _failures = 0;
            return new WatchNews<T>(items, [], IsComplete: true);
        }
        catch (EbsPvException failure)
        {
            Count(failure, isFinal: failure.Kind is not (ErrorKind.Connection or ErrorKind.Service or ErrorKind.Throttled));
            _unheard++;
            return null;
        }
    }

    private async IAsyncEnumerable<WatchNews<T>> OnceAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _isSilent = false;
        using var silence = new CancellationTokenSource(Silences[Math.Min(_silences, Silences.Length - 1)], time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        // However it ends, its answer ends with it.
        await using var end = new WatchEnd(either).ConfigureAwait(false);
        caller.Say($"watch {resource} from {_version}");
        var events = watch(_version!, Broken, either.Token).GetAsyncEnumerator(either.Token);
        await using var _ = events.ConfigureAwait(false);
        var heard = false;
        while (await NextAsync(events, cancellationToken).ConfigureAwait(false))
        {
            silence.CancelAfter(Silences[0]);
            heard = true;
            _failures = _silences = _unheard = 0;
            var (type, item) = events.Current;
            if (item.Metadata?.ResourceVersion is { } version) _version = version;
            if (type is WatchEventType.Added or WatchEventType.Modified) yield return new WatchNews<T>([item], [], IsComplete: false);
            if (type is WatchEventType.Deleted) yield return new WatchNews<T>([], [item], IsComplete: false);
        }

        if (!heard && !_isSilent && ++_unheard > UnheardBeforeList) _version = null;
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<(WatchEventType Type, T Item)> events, CancellationToken cancellationToken)
    {
        try
        {
            if (!await events.MoveNextAsync().ConfigureAwait(false)) return false;
            var (type, item) = events.Current;
            if (type is WatchEventType.Bookmark or WatchEventType.Error || item?.Metadata?.Name is { Length: > 0 }) return true;
            throw new InvalidDataException("an event of the watch names no object.");
        }
        catch (Exception silent) when (silent is OperationCanceledException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // What the watch may have missed is in the list.
            _isSilent = true;
            _silences++;
            _version = null;
            return false;
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (Exception exception)
        {
            Broken(exception);
            return false;
        }
    }

    private void Broken(Exception exception)
    {
        // Too old a version is told in the stream or, by some servers, in place of it.
        if (exception is KubernetesException or HttpOperationException { Response.StatusCode: HttpStatusCode.Gone }) _version = null;
        var failure = KubeErrors.From(exception, caller.Call("watch", resource));
        Count(failure, isFinal: exception is EbsPvException || failure.Kind is ErrorKind.Authentication or ErrorKind.PermissionDenied);
    }

    private void Count(EbsPvException failure, bool isFinal)
    {
        if (isFinal || ++_failures > MaxFailures) throw failure;
    }
}
