using System.Management.Automation;
using EbsPv.Ports;
using EbsPv.PowerShell.Completion;

namespace EbsPv.PowerShell.Pipeline;

/// <summary>The base of cmdlets that hold EC2's volumes against Kubernetes' PersistentVolumes.</summary>
public abstract class ClusterStorageCommand : Ec2Command
{
    /// <summary>Kube context of the cluster. Without it: the one that the piped object carries, else the current one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string? Context { get; set; }

    /// <summary>Path of the kubeconfig. Without it: KUBECONFIG, ~/.kube/config, or the pod's service account.</summary>
    [Parameter]
    public string? Kubeconfig { get; set; }

    /// <summary>Consents to a kubeconfig that switches certificate checks off.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The role of docs/rbac with what the cmdlet needs, for the errors about what is missing.</summary>
    private protected abstract string Role { get; }

    /// <summary>Both services and the cluster's name, resolved once; what is missing ends the pipeline.</summary>
    private protected ClusterServices OpenServices(string? region, string? clusterName, string? context)
    {
        var contexts = Contexts(Options(context));
        // Without a kubeconfig the name alone would not help.
        if (contexts.All.Count == 0) _ = OpenCluster(context);
        var name = RequiredCluster(NullIfEmpty(clusterName), contexts);
        var ec2 = Connect(NullIfEmpty(region), contexts);
        return new ClusterServices(ec2, OpenCluster(context), name);
    }

    /// <summary>The cluster alone.</summary>
    private protected ICluster OpenCluster(string? context)
    {
        var cluster = SetUp(() => Connector.ConnectCluster(Options(context), Reporter));
        WriteVerbose($"Kube context {cluster.Context}.");
        return cluster;
    }

    private protected KubeOptions Options(string? context) => OptionsOf(context, Kubeconfig, SkipCertificateCheck) with { Role = Role };
}
