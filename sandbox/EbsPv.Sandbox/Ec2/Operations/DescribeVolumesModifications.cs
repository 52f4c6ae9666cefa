using EbsPv.Sandbox.Ec2.Filtering;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

/// <summary>The latest modification of each volume that ever had one.</summary>
public sealed class DescribeVolumesModifications(Ec2State state) : IEc2Operation
{
    private const int LargestPage = 500;

    public string Action => "DescribeVolumesModifications";

    public IReadOnlySet<string> Parameters { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "VolumeId", "Filter", "MaxResults", "NextToken", "DryRun" };

    public string Target(QueryNode parameters) => DescribeTarget.Of(parameters, "VolumeId");

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var ids = request.Parameters.Texts("VolumeId").ToHashSet(StringComparer.Ordinal);
        foreach (var id in ids) VolumeIds.Check(id);
        if (request.Parameters.Number("MaxResults") is > LargestPage and var size)
            throw Ec2Errors.InvalidValue($"Value ( {size} ) for parameter maxResults is invalid. Expecting a value of at most {LargestPage}.");

        var isAskedFor = Filters.Modifications.Compile(Ec2Filter.Parse(request.Parameters), request.Now);
        var pages = new PageCutter(request.Parameters, LargestPage, state.Settings.EmptyFirstPage);
        request.StopIfDryRun();

        var all = ids.Count > 0 ? Named(ids, request) : state.AllVolumes;
        var (page, next) = pages.Cut(all, volume => volume.Sequence, volume => IsShown(volume, request) && isAskedFor(volume));
        answer.Set("volumeModificationSet", page, volume => answer.Modification(volume.VolumeId, volume.Modifications[^1], request.Now));
        answer.Text("nextToken", next);
    }

    private static bool IsShown(EbsVolume volume, Ec2Request request) =>
        volume.Region == request.Region && !volume.IsGone(request.Now) && volume.Modifications is [.., var latest] && latest.VisibleFrom <= request.Now;

    private List<EbsVolume> Named(HashSet<string> ids, Ec2Request request)
    {
        var known = ids.Select(state.FindVolume).OfType<EbsVolume>()
            .Where(volume => volume.Region == request.Region && volume.IsShown(request.Now)).OrderBy(volume => volume.Sequence).ToList();
        if (known.Count < ids.Count) throw Ec2Errors.VolumeNotFound([.. ids.Except(known.Select(volume => volume.VolumeId))]);
        return known.Find(volume => !IsShown(volume, request)) is { } never ? throw Ec2Errors.ModificationNotFound(never.VolumeId) : known;
    }
}
