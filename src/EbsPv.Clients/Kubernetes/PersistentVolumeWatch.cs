using System.Net;
using System.Runtime.CompilerServices;
using EbsPv.Errors;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>
/// A watch that survives what happens to watches: a lost connection goes on from the last version seen; a version that the server no
/// longer has, and a watch that stays silent, begin again with a list.
/// </summary>
internal sealed class PersistentVolumeWatch(IKubernetes client, KubeCaller caller, TimeProvider time)
{
    private const int ServerEndsAfterSeconds = 240;
    private const int MaxFailures = 10;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private string? _version;
    private int _failures;

    public async IAsyncEnumerable<V1PersistentVolume> FromAsync(
        string resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _version = resourceVersion;
        while (true)
        {
            if (_version is null)
            {
                var list = await caller.SendAsync(
                    "list", "persistentvolumes", "", token => client.CoreV1.ListPersistentVolumeAsync(cancellationToken: token), cancellationToken).ConfigureAwait(false);
                foreach (var volume in list.Items) yield return volume;
                _version = list.Metadata.ResourceVersion;
            }

            await foreach (var volume in OnceAsync(cancellationToken).ConfigureAwait(false)) yield return volume;
            cancellationToken.ThrowIfCancellationRequested();
            if (_failures > 0) await Task.Delay(TimeSpan.FromMilliseconds(100 << Math.Min(_failures, 6)), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<V1PersistentVolume> OnceAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        WatchEnd.Token = either.Token;
        caller.Say($"watch persistentvolumes from {_version}");
        var events = client.CoreV1.WatchListPersistentVolumeAsync(
                allowWatchBookmarks: true,
                resourceVersion: _version,
                timeoutSeconds: ServerEndsAfterSeconds,
                onError: Broken,
                cancellationToken: either.Token)
            .GetAsyncEnumerator(either.Token);
        await using var _ = events.ConfigureAwait(false);
        while (await NextAsync(events, cancellationToken).ConfigureAwait(false))
        {
            silence.CancelAfter(Silence);
            _failures = 0;
            var (type, volume) = events.Current;
            if (volume.Metadata?.ResourceVersion is { } version) _version = version;
            if (type is WatchEventType.Added or WatchEventType.Modified) yield return volume;
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<(WatchEventType Type, V1PersistentVolume Volume)> events, CancellationToken cancellationToken)
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
        var failure = KubeErrors.From(exception, caller.Call("watch", "persistentvolumes"));
        var isFinal = exception is EbsPvException || failure.Kind is ErrorKind.Authentication or ErrorKind.PermissionDenied;
        if (isFinal || ++_failures > MaxFailures) throw failure;
    }
}
