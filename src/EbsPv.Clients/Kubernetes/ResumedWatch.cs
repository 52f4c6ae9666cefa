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
/// longer has, and a watch that stays silent, begin again with a list.
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
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private string? _version;
    private int _failures;

    public async IAsyncEnumerable<WatchNews<T>> FromAsync(
        string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _version = resourceVersion;
        while (true)
        {
            if (_version is null)
            {
                var (items, version) = await list(cancellationToken).ConfigureAwait(false);
                yield return new WatchNews<T>(items, [], IsComplete: true);
                _version = version;
            }

            await foreach (var news in OnceAsync(cancellationToken).ConfigureAwait(false)) yield return news;
            cancellationToken.ThrowIfCancellationRequested();
            if (_failures > 0) await Task.Delay(TimeSpan.FromMilliseconds(100 << Math.Min(_failures, 6)), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<WatchNews<T>> OnceAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        WatchEnd.Token = either.Token;
        caller.Say($"watch {resource} from {_version}");
        var events = watch(_version!, Broken, either.Token).GetAsyncEnumerator(either.Token);
        await using var _ = events.ConfigureAwait(false);
        while (await NextAsync(events, cancellationToken).ConfigureAwait(false))
        {
            silence.CancelAfter(Silence);
            _failures = 0;
            var (type, item) = events.Current;
            if (item.Metadata?.ResourceVersion is { } version) _version = version;
            if (type is WatchEventType.Added or WatchEventType.Modified) yield return new WatchNews<T>([item], [], IsComplete: false);
            if (type is WatchEventType.Deleted) yield return new WatchNews<T>([], [item], IsComplete: false);
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<(WatchEventType Type, T Item)> events, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Silence: what the watch may have missed is in the list.
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
        var isFinal = exception is EbsPvException || failure.Kind is ErrorKind.Authentication or ErrorKind.PermissionDenied;
        if (isFinal || ++_failures > MaxFailures) throw failure;
    }
}
