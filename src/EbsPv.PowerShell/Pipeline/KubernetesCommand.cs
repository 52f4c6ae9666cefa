using System.Management.Automation;
using EbsPv.PowerShell.Completion;
using EbsPv.Ports;

namespace EbsPv.PowerShell.Pipeline;

/// <summary>The base of cmdlets that talk to Kubernetes.</summary>
public abstract class KubernetesCommand : AsyncCommand
{
    // EC2 counts calls by the second, an API server those under way: it takes 200 writes at one time unless told otherwise, of which users
    // who are nobody special may have about 50, and more at one time cost it less each.
    private const int CallsAtOneTime = 32;

    /// <summary>A cmdlet that talks to an API server only.</summary>
    protected KubernetesCommand() => ThrottleLimit = CallsAtOneTime;

    /// <summary>Context of the kubeconfig. Without it: the one that the piped object carries, else the current one.</summary>
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
    private protected virtual string Role => "read";

    private protected KubeOptions Options(string? context) => OptionsOf(context, Kubeconfig, SkipCertificateCheck) with { Role = Role };

    private protected ICluster Connect(string? context)
    {
        var cluster = SetUp(() => Connector.ConnectCluster(Options(context), Reporter));
        WriteVerbose($"Kube context {cluster.Context}.");
        return cluster;
    }
}
