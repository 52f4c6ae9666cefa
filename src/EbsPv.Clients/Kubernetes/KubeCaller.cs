using System.Diagnostics;
using EbsPv.Ports;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Sends requests: told to -Verbose, failures in our words.</summary>
internal sealed class KubeCaller(string context, string server, IReporter reporter, string role = "read")
{
    public async Task<T> SendAsync<T>(
        string verb, string resource, string name, Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        var call = Call(verb, resource, name);
        var start = Stopwatch.GetTimestamp();
        try
        {
            var answer = await send(cancellationToken).ConfigureAwait(false);
            if (Lack(answer, verb) is { } lack) throw KubeErrors.NotKubernetes(lack, call);
            reporter.Verbose($"Kubernetes {call} at {server}: {Elapsed(start)}");
            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            var failure = KubeErrors.From(exception, call);
            reporter.Verbose($"Kubernetes {call} at {server}: {failure.ServiceCode ?? failure.ErrorId} after {Elapsed(start)}");
            throw failure;
        }
    }

    public KubeCall Call(string verb, string resource, string name = "") => new(context, server, verb, resource, name) { Role = role };

    public void Say(string message) => reporter.Verbose($"Kubernetes {message} at {server}");

    public void Warn(string message) => reporter.Warning(message);

    // Any JSON that is answered with 200 passes the library. What a deletion is answered with may be a Status, which has no name.
    private static string? Lack<T>(T answer, string verb) => answer switch
    {
        null => "it says nothing.",
        IMetadata<V1ObjectMeta> { Metadata: null } or IMetadata<V1ListMeta> { Metadata: null } => "it has no metadata.",
        IMetadata<V1ObjectMeta> { Metadata.Name: null or "" } when verb != "delete" => "it has no name.",
        _ => null,
    };

    private static string Elapsed(long start) => $"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms";
}
