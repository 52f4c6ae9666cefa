using System.Management.Automation;
using EbsPv.PowerShell.Completion;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.PowerShell.Pipeline;

/// <summary>The base of cmdlets that talk to EC2.</summary>
public abstract class Ec2Command : AsyncCommand
{
    /// <summary>Name of the cluster. Without it: KOPS_CLUSTER_NAME, the kube context, the runbook's NAME.</summary>
    public abstract string? ClusterName { get; set; }

    /// <summary>Region, as in eu-west-1. Without it: the piped object, the EKS context, $StoredAWSRegion, AWS_REGION, AWS_DEFAULT_REGION, the profile.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RegionName")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Profile of the AWS configuration files. Without it: the SDK's own chain. A profile that does not exist is an error.</summary>
    [Parameter]
    [Alias("AWSProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>Another EC2 endpoint than the region's; https, or http on this machine.</summary>
    [Parameter]
    public string? EndpointUrl { get; set; }

    /// <summary>The policy of docs/iam with what the cmdlet needs, for the errors about what is missing.</summary>
    private protected virtual string Policy => "read";

    private protected override void Begin()
    {
        if (EndpointUrl is { } endpoint) EndpointAddress.Check(endpoint);
        if (IsTyped(nameof(ClusterName))) _ = ClusterNames.Checked(ClusterName ?? string.Empty);
    }

    private protected KubeContexts Contexts(KubeOptions options) => SetUp(() => Connector.ReadContexts(options));

    private protected IEc2 Connect(string? region, KubeContexts contexts)
    {
        var resolved = Surroundings.Regions(this, contexts).Resolve(region);
        if (resolved is { } known) WriteVerbose($"Region {known.Region}, from {known.Source}.");
        return SetUp(() => Connector.ConnectEc2(new AwsOptions(resolved?.Region, ProfileName, EndpointUrl) { Policy = Policy }, Reporter));
    }

    private protected string? Cluster(string? given, KubeContexts contexts)
    {
        var sources = Surroundings.ClusterNames(contexts);
        var resolved = string.IsNullOrEmpty(given) ? SetUp(() => ClusterNames.Resolve(null, sources)) : ClusterNames.Resolve(given, sources);
        if (resolved is not null) WriteVerbose($"Cluster {resolved.Name}, from {resolved.Source}.");
        return resolved?.Name;
    }

    private protected string RequiredCluster(string? given, KubeContexts contexts) => Cluster(given, contexts) ?? SetUp<string>(() => throw EbsPvException.Input(
        ErrorIds.ClusterNameMissing,
        "No cluster is named: neither -ClusterName, KOPS_CLUSTER_NAME nor a kube context says which one is meant.",
        null,
        "Give its name with -ClusterName."));
}
