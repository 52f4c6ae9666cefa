using EbsPv.Sandbox.Ec2.Filtering;
using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Operations;

public sealed class DescribeAvailabilityZones(Ec2State state) : IEc2Operation
{
    public string Action => "DescribeAvailabilityZones";

    public IReadOnlySet<string> Parameters { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "ZoneName", "ZoneId", "Filter", "AllAvailabilityZones", "DryRun" };

    public string Target(QueryNode parameters) => DescribeTarget.Of(parameters, "ZoneName");

    public void Run(Ec2Request request, AnswerWriter answer)
    {
        var names = request.Parameters.Texts("ZoneName");
        var ids = request.Parameters.Texts("ZoneId");
        var zones = AvailabilityZone.Of(request.Region).ToArray();
        var unknown = names.Except(zones.Select(zone => zone.Name)).Concat(ids.Except(zones.Select(zone => zone.Id))).FirstOrDefault();
        if (unknown is not null) throw new Ec2Exception("InvalidParameterValue", $"Invalid availability zone: [{unknown}]");

        var isAskedFor = Filters().Compile(Ec2Filter.Parse(request.Parameters), request.Now);
        request.StopIfDryRun();
        var shown = zones
            .Where(zone => names.Count + ids.Count == 0 || names.Contains(zone.Name) || ids.Contains(zone.Id))
            .Where(isAskedFor);
        answer.Set("availabilityZoneInfo", shown, zone => Write(answer, zone));
    }

    private FilterTable<AvailabilityZone> Filters() => new FilterTable<AvailabilityZone>()
        .Add("zone-name", zone => zone.Name)
        .Add("zone-id", zone => zone.Id)
        .Add("region-name", zone => zone.Region)
        .Add("group-name", zone => zone.Region)
        .Add("zone-type", _ => "availability-zone")
        .Add("opt-in-status", _ => "opt-in-not-required")
        .Add("state", StateOf);

    private void Write(AnswerWriter answer, AvailabilityZone zone)
    {
        answer.Text("zoneName", zone.Name);
        answer.Text("zoneId", zone.Id);
        answer.Text("zoneState", StateOf(zone));
        answer.Text("regionName", zone.Region);
        answer.Text("groupName", zone.Region);
        answer.Text("networkBorderGroup", zone.Region);
        answer.Text("zoneType", "availability-zone");
        answer.Text("optInStatus", "opt-in-not-required");
        answer.Element("messageSet", () => { });
    }

    private string StateOf(AvailabilityZone zone) => state.Settings.StateOfZone(zone.Name);
}
