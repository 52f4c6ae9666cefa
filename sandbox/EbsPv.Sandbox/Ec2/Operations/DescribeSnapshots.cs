using EbsPv.Sandbox.Ec2.Filtering;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

/// <summary>Without an owner it shows the public snapshots of others, too, as EC2 does.</summary>
public sealed class DescribeSnapshots(Ec2State state) : IEc2Operation
{
    /// <summary>A larger MaxResults is taken and served in pages of this size.</summary>
    private const int LargestPage = 1_000;

    public string Action => "DescribeSnapshots";

    public IReadOnlySet<string> Parameters { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "SnapshotId", "Filter", "Owner", "RestorableBy", "MaxResults", "NextToken", "DryRun",
    };

    public string Target(QueryNode parameters) => DescribeTarget.Of(parameters, "SnapshotId");

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var ids = request.Parameters.Texts("SnapshotId").ToHashSet(StringComparer.Ordinal);
        foreach (var id in ids) VolumeIds.CheckSnapshot(id);
        if (ids.Count > 0 && request.Parameters.Text("MaxResults") is not null)
            throw Ec2Errors.InvalidCombination("The parameter snapshotSet cannot be used with the parameter maxResults");

        var isAskedFor = Filters.Snapshots.Compile(Ec2Filter.Parse(request.Parameters), request.Now);
        var owners = request.Parameters.Texts("Owner").Select(AccountOf).ToHashSet(StringComparer.Ordinal);
        var pages = new PageCutter(request.Parameters, LargestPage, state.Settings.EmptyFirstPage);
        request.StopIfDryRun();

        var shown = state.Snapshots.Of(request.Region).Where(snapshot => snapshot.VisibleFrom <= request.Now).ToList();
        if (ids.Count > 0) shown = Named(shown, ids);
        var (page, next) = pages.Cut(
            shown, snapshot => snapshot.Sequence, snapshot => (owners.Count == 0 || owners.Contains(snapshot.OwnerId)) && isAskedFor(snapshot));
        answer.Set("snapshotSet", page, snapshot => answer.Snapshot(snapshot, snapshot.StatusAt(request.Now), snapshot.ProgressAt(request.Now)));
        answer.Text("nextToken", next);
    }

    private static string AccountOf(string owner) => owner == "self" ? KopsCluster.AccountId : owner;

    private static List<EbsSnapshot> Named(List<EbsSnapshot> shown, HashSet<string> ids)
    {
        var found = shown.Where(snapshot => ids.Contains(snapshot.SnapshotId)).ToList();
        if (found.Count < ids.Count) throw Ec2Errors.SnapshotNotFound([.. ids.Except(found.Select(snapshot => snapshot.SnapshotId))]);
        return found;
    }
}
