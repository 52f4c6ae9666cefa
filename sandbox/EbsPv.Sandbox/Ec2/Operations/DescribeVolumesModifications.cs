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

        var all = ids.Count > 0 ? Named(ids, request) : state.AllVolumes.Where(volume => volume.Region == request.Region);
        var shown = all.Select(volume => ShownModification.Of(volume, request.Now)).OfType<ShownModification>().ToList();
        var (page, next) = pages.Cut(shown, item => item.Volume.Sequence, isAskedFor);
        answer.Set("volumeModificationSet", page, item => answer.Modification(item.Volume.VolumeId, item.Modification, request.Now));
        answer.Text("nextToken", next);
    }

    private List<EbsVolume> Named(HashSet<string> ids, Ec2Request request)
    {
        var known = ids.Select(state.FindVolume).OfType<EbsVolume>()
            .Where(volume => volume.Region == request.Region && volume.IsShown(request.Now)).OrderBy(volume => volume.Sequence).ToList();
        if (known.Count < ids.Count) throw Ec2Errors.VolumeNotFound([.. ids.Except(known.Select(volume => volume.VolumeId))]);
        var never = known.Find(volume => ShownModification.Of(volume, request.Now) is null);
        return never is null ? known : throw Ec2Errors.ModificationNotFound(never.VolumeId);
    }
}
