using k8s;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>
/// The first PersistentVolume that the library reads costs a tenth of a second, in which it works out what its models look like. That is
/// done beside the reading of the kubeconfig and the way to the server, not after them.
/// </summary>
internal static class ModelWarmUp
{
    private const string OneOfEach = """
        {"metadata":{},"items":[{"metadata":{"name":"a","labels":{},"managedFields":[{}]},"spec":{"capacity":{"storage":"1Gi"},"accessModes":[],"csi":{},
        "nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[{}]}]}}},"status":{"phase":"Available"}}]}
        """;

    private static readonly Lazy<Task> Once = new(() => Task.Run(ReadAndWrite));

    /// <summary>Begins it, once in a session; nobody has to wait for its end.</summary>
    public static Task BeginAsync() => Once.Value;

    private static void ReadAndWrite()
    {
        foreach (var volume in KubernetesJson.Deserialize<V1PersistentVolumeList>(OneOfEach).Items)
        {
            PersistentVolumeMapping.ToModel(volume, "");
            KubernetesJson.Serialize(volume);
        }
    }
}
