using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Iam;

/// <summary>What a call must be allowed, on which resources, and what a policy's conditions can look at there.</summary>
/// <remarks>
/// Source: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2" (2026-06), of which it takes this.
/// CreateVolume: volume (aws:RequestTag, aws:TagKeys, ec2:Encrypted), and the snapshot when there is one (aws:ResourceTag, ec2:ResourceTag,
/// ec2:Encrypted); with tags also ec2:CreateTags. CreateSnapshot: snapshot (aws:RequestTag, aws:TagKeys) and volume (aws:ResourceTag,
/// ec2:ResourceTag, ec2:Encrypted); with tags also ec2:CreateTags. ModifyVolume, DeleteVolume: volume; DeleteSnapshot: snapshot
/// (aws:ResourceTag, ec2:ResourceTag, ec2:Encrypted but for a snapshot). CreateTags: each resource (aws:RequestTag, aws:TagKeys, aws:ResourceTag,
/// ec2:ResourceTag), with ec2:CreateAction when the resource is being made. DeleteTags: the same without that. The describing actions know no
/// resource. ec2:Region is there in all. A snapshot's ARN has no account. The tags of a resource that does not exist are none.
/// </remarks>
public sealed class Ec2Access(Ec2State state)
{
    /// <summary>The actions that policies can name here.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    [
        "ec2:DescribeInstances", "ec2:DescribeVolumes", "ec2:DescribeAvailabilityZones", "ec2:DescribeVolumesModifications", "ec2:DescribeSnapshots",
        "ec2:CreateVolume", "ec2:DeleteVolume", "ec2:ModifyVolume", "ec2:CreateSnapshot", "ec2:DeleteSnapshot", "ec2:CreateTags", "ec2:DeleteTags",
    ];

    public IEnumerable<AccessRequest> Of(string action, QueryNode parameters, string region) => action switch
    {
        "CreateVolume" => CreateVolume(parameters, region),
        "CreateSnapshot" => CreateSnapshot(parameters, region),
        "ModifyVolume" or "DeleteVolume" => [OfVolume(action, parameters.Text("VolumeId") ?? "", region)],
        "DeleteSnapshot" => [OfSnapshot(action, parameters.Text("SnapshotId") ?? "", region)],
        "CreateTags" or "DeleteTags" => parameters.Texts("ResourceId").Select(id => OfTagged(action, id, parameters.Items("Tag"), region)),
        _ => [Request(action, "*", region, new AccessKeys())],
    };

    private IEnumerable<AccessRequest> CreateVolume(QueryNode parameters, string region)
    {
        var tags = TagsOf(parameters);
        var volume = Arn(region, "volume", "*");
        yield return Request("CreateVolume", volume, region, new AccessKeys().WithRequest(tags).With("ec2:Encrypted", Flag(parameters.Text("Encrypted") is "true" or "1")));
        if (parameters.Text("SnapshotId") is { } snapshot) yield return OfSnapshot("CreateVolume", snapshot, region);
        if (tags.Count > 0) yield return Request("CreateTags", volume, region, new AccessKeys().WithRequest(tags).With("ec2:CreateAction", "CreateVolume"));
    }

    private IEnumerable<AccessRequest> CreateSnapshot(QueryNode parameters, string region)
    {
        var tags = TagsOf(parameters);
        var snapshot = Arn(region, "snapshot", "*");
        yield return Request("CreateSnapshot", snapshot, region, new AccessKeys().WithRequest(tags));
        yield return OfVolume("CreateSnapshot", parameters.Text("VolumeId") ?? "", region);
        if (tags.Count > 0) yield return Request("CreateTags", snapshot, region, new AccessKeys().WithRequest(tags).With("ec2:CreateAction", "CreateSnapshot"));
    }

    private AccessRequest OfVolume(string action, string volumeId, string region)
    {
        var volume = state.FindVolume(volumeId);
        var keys = new AccessKeys().WithResource(volume?.Tags ?? []).With("ec2:Encrypted", volume is null ? null : Flag(volume.Encrypted));
        return Request(action, Arn(region, "volume", volumeId), region, keys);
    }

    private AccessRequest OfSnapshot(string action, string snapshotId, string region)
    {
        var snapshot = state.Snapshots.Find(region, snapshotId);
        var keys = new AccessKeys().WithResource(snapshot?.TagList() ?? []);
        if (action == "CreateVolume" && snapshot is not null) keys.With("ec2:Encrypted", Flag(snapshot.Encrypted));
        return Request(action, Arn(region, "snapshot", snapshotId), region, keys);
    }

    private AccessRequest OfTagged(string action, string id, IReadOnlyList<QueryNode> tags, string region)
    {
        var (kind, own) = id.Split('-')[0] switch
        {
            "vol" => ("volume", state.FindVolume(id)?.Tags),
            "snap" => ("snapshot", state.Snapshots.Find(region, id)?.TagList()),
            _ => ("instance", state.Instances.FirstOrDefault(instance => instance.InstanceId == id)?.Tags),
        };
        return Request(action, Arn(region, kind, id), region, new AccessKeys().WithRequest(tags).WithResource(own ?? []));
    }

    private static IReadOnlyList<QueryNode> TagsOf(QueryNode parameters) =>
        [.. parameters.Items("TagSpecification").SelectMany(specification => specification.Items("Tag"))];

    private static AccessRequest Request(string action, string resource, string region, AccessKeys keys) =>
        new($"ec2:{action}", resource, keys.With("ec2:Region", region).All);

    private static string Arn(string region, string kind, string id) =>
        $"arn:aws:ec2:{region}:{(kind == "snapshot" ? "" : KopsCluster.AccountId)}:{kind}/{id}";

    private static string Flag(bool value) => value ? "true" : "false";
}
