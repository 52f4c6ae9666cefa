using EbsPv.Sandbox.Ec2.Filtering;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

public sealed class DescribeVolumes(Ec2State state) : IEc2Operation
{
    /// <summary>A larger MaxResults is taken and served in pages of this size.</summary>
    private const int LargestPage = 500;

    public string Action => "DescribeVolumes";

    public IReadOnlySet<string> Parameters { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "VolumeId", "Filter", "MaxResults", "NextToken", "DryRun" };

    public string Target(QueryNode parameters) => DescribeTarget.Of(parameters, "VolumeId");

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var ids = request.Parameters.Texts("VolumeId").ToHashSet(StringComparer.Ordinal);
        foreach (var id in ids) VolumeIds.Check(id);
        if (ids.Count > 0 && request.Parameters.Text("MaxResults") is not null)
            throw Ec2Errors.InvalidCombination("The parameter volumesSet cannot be used with the parameter maxResults");

        var isAskedFor = Filters.Volumes.Compile(Ec2Filter.Parse(request.Parameters), request.Now);
        var pages = new PageCutter(request.Parameters, LargestPage, state.Settings.EmptyFirstPage);
        request.StopIfDryRun();

        var all = ids.Count > 0 ? Named(ids, request) : state.AllVolumes;
        var (page, next) = pages.Cut(all, volume => volume.Sequence, volume => IsShown(volume, request) && isAskedFor(volume.At(request.Now)));
        answer.Set("volumeSet", page, volume => Write(answer, volume.At(request.Now), request.Now));
        answer.Text("nextToken", next);
    }

    private static bool IsShown(EbsVolume volume, Ec2Request request) =>
        volume.Region == request.Region && volume.IsShown(request.Now);

    private static void Write(AnswerWriter answer, EbsVolume volume, DateTimeOffset now)
    {
        answer.Volume(volume, volume.StateAt(now));
        answer.Set("attachmentSet", volume.Attachments, attachment =>
        {
            answer.Text("volumeId", volume.VolumeId);
            answer.Text("instanceId", attachment.InstanceId);
            answer.Text("device", attachment.Device);
            answer.Text("status", attachment.Status);
            answer.Time("attachTime", attachment.AttachTime);
            answer.Flag("deleteOnTermination", attachment.DeleteOnTermination);
        });
    }

    private List<EbsVolume> Named(HashSet<string> ids, Ec2Request request)
    {
        var found = ids.Select(state.FindVolume).OfType<EbsVolume>().Where(volume => IsShown(volume, request))
            .OrderBy(volume => volume.Sequence).ToList();
        if (found.Count < ids.Count) throw Ec2Errors.VolumeNotFound([.. ids.Except(found.Select(volume => volume.VolumeId))]);
        return found;
    }
}
