using EbsPv.Sandbox.Ec2.Filtering;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

public sealed class DescribeInstances(Ec2State state) : IEc2Operation
{
    private const int LargestPage = 1_000;

    public string Action => "DescribeInstances";

    public IReadOnlySet<string> Parameters { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "InstanceId", "Filter", "MaxResults", "NextToken", "DryRun" };

    public string Target(QueryNode parameters) => DescribeTarget.Of(parameters, "InstanceId");

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var ids = request.Parameters.Texts("InstanceId").ToHashSet(StringComparer.Ordinal);
        foreach (var id in ids) VolumeIds.CheckInstance(id);
        CheckPaging(request.Parameters, ids.Count);

        var isAskedFor = Filters.Instances.Compile(Ec2Filter.Parse(request.Parameters), request.Now);
        var pages = new PageCutter(request.Parameters, LargestPage, state.Settings.EmptyFirstPage);
        request.StopIfDryRun();

        var all = InRegion(ids, request.Region);
        var (page, next) = pages.Cut(all, instance => instance.Sequence, isAskedFor);
        var devices = state.AllVolumes.Where(volume => volume.Attachments.Count > 0 && !volume.IsGone(request.Now))
            .SelectMany(volume => volume.Attachments, (volume, attachment) => new Device(volume.VolumeId, attachment))
            .ToLookup(device => device.Attachment.InstanceId);
        answer.Set("reservationSet", page, instance => WriteReservation(answer, instance, devices[instance.InstanceId]));
        answer.Text("nextToken", next);
    }

    private static void CheckPaging(QueryNode parameters, int ids)
    {
        if (parameters.Number("MaxResults") is not { } size) return;
        if (ids > 0) throw Ec2Errors.InvalidCombination("The parameter instancesSet cannot be used with the parameter maxResults");
        if (size > LargestPage)
            throw Ec2Errors.InvalidValue(
                $"Value ( {size} ) for parameter maxResults is invalid. Expecting a value less than {LargestPage}.");
    }

    private List<Ec2Instance> InRegion(HashSet<string> ids, string region)
    {
        var found = state.Instances.Where(item => item.Region == region && (ids.Count == 0 || ids.Contains(item.InstanceId))).ToList();
        if (ids.Count > found.Count) throw Ec2Errors.InstanceNotFound([.. ids.Except(found.Select(item => item.InstanceId))]);
        return found;
    }

    private static void WriteReservation(AnswerWriter answer, Ec2Instance instance, IEnumerable<Device> devices)
    {
        answer.Text("reservationId", "r" + instance.InstanceId[1..]);
        answer.Text("ownerId", KopsCluster.AccountId);
        answer.Element("groupSet", () => { });
        answer.Set("instancesSet", [instance], _ => WriteInstance(answer, instance, devices));
    }

    private static void WriteInstance(AnswerWriter answer, Ec2Instance instance, IEnumerable<Device> devices)
    {
        answer.Text("instanceId", instance.InstanceId);
        answer.Text("imageId", instance.ImageId);
        answer.Element("instanceState", () =>
        {
            answer.Number("code", InstanceState.CodeOf(instance.State));
            answer.Text("name", instance.State);
        });
        answer.Text("instanceType", instance.InstanceType);
        answer.Time("launchTime", instance.LaunchTime);
        answer.Element("placement", () =>
        {
            answer.Text("availabilityZone", instance.AvailabilityZone);
            answer.Text("groupName", "");
            answer.Text("tenancy", "default");
        });
        // A terminated instance keeps its zone and its tags for an hour, and has neither an address nor a network.
        if (instance.State != "terminated")
        {
            answer.Text("privateDnsName", $"ip-{instance.PrivateIpAddress.Replace('.', '-')}.{instance.Region}.compute.internal");
            answer.Text("privateIpAddress", instance.PrivateIpAddress);
            answer.Text("vpcId", instance.VpcId);
        }
        answer.Groups(instance.Groups);
        answer.Text("architecture", "x86_64");
        answer.Text("rootDeviceType", "ebs");
        answer.Text("rootDeviceName", "/dev/sda1");
        answer.Set("blockDeviceMapping", devices, device => WriteDevice(answer, device));
        answer.Tags(instance.Tags);
    }

    private static void WriteDevice(AnswerWriter answer, Device device)
    {
        answer.Text("deviceName", device.Attachment.Device);
        answer.Element("ebs", () =>
        {
            answer.Text("volumeId", device.VolumeId);
            answer.Text("status", device.Attachment.Status);
            answer.Time("attachTime", device.Attachment.AttachTime);
            answer.Flag("deleteOnTermination", device.Attachment.DeleteOnTermination);
        });
    }

    private sealed record Device(string VolumeId, VolumeAttachment Attachment);
}
