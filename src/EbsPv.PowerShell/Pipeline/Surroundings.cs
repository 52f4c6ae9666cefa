using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Ports;

namespace EbsPv.PowerShell.Pipeline;

/// <summary>What the session says when a parameter does not: environment, session variables, kubeconfig.</summary>
internal static class Surroundings
{
    public static ClusterNameSources ClusterNames(KubeContexts contexts) => new(
        Variable("KOPS_CLUSTER_NAME"), Variable("NAME"), contexts);

    public static RegionSources Regions(PSCmdlet cmdlet, KubeContexts contexts) => new(
        contexts.Current?.Region, cmdlet.GetVariableValue("StoredAWSRegion")?.ToString(), Variable("AWS_REGION"), Variable("AWS_DEFAULT_REGION"));

    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
