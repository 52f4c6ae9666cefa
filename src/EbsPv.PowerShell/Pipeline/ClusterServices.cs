using EbsPv.Ports;

namespace EbsPv.PowerShell.Pipeline;

/// <summary>Both sides of a cluster, and its name.</summary>
internal sealed record ClusterServices(IEc2 Ec2, ICluster Cluster, string ClusterName);
