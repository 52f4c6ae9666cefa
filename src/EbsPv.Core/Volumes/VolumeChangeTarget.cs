namespace EbsPv.Volumes;

/// <summary>Where the volumes of a run have to be.</summary>
/// <param name="Region">The region that is asked.</param>
/// <param name="ClusterName">The cluster that their tags must name.</param>
/// <param name="Context">The kube context that they carry on, unless they have one.</param>
public sealed record VolumeChangeTarget(string Region, string ClusterName, string? Context);
