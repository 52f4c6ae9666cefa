using System.Net;
using System.Xml.Linq;
using EbsPv.Sandbox.Server;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class ProtocolTests
{
    private static readonly Dictionary<string, string> DescribeZones =
        new() { ["Action"] = "DescribeAvailabilityZones", ["Version"] = "2016-11-15" };

    [Fact]
    public async Task An_answer_has_the_namespace_of_the_version_and_a_request_id()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var (response, body) = await ec2.SendAsync(DescribeZones);
        XNamespace ns = "http://ec2.amazonaws.com/doc/2016-11-15/";
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(ns + "DescribeAvailabilityZonesResponse", body.Root!.Name);
        Assert.True(Guid.TryParse((string?)body.Root.Element(ns + "requestId"), out _));
        Assert.Equal(3, body.Descendants(ns + "item").Count());
    }

    [Fact]
    public async Task A_refusal_has_the_shape_of_EC2()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var (response, body) = await ec2.SendAsync(new Dictionary<string, string> { ["Action"] = "Nonsense", ["Version"] = "2016-11-15" });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("Response", body.Root!.Name);
        Assert.Equal("InvalidAction", (string?)body.Root.Element("Errors")?.Element("Error")?.Element("Code"));
        Assert.NotEmpty((string)body.Root.Element("Errors")!.Element("Error")!.Element("Message")!);
        Assert.True(Guid.TryParse((string?)body.Root.Element("RequestID"), out _));
    }

    [Theory]
    [InlineData("", "MissingAuthenticationToken", 403)]
    [InlineData("Credential=sandbox", "AuthFailure", 401)]
    [InlineData("Credential=a/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0000000000000000000000000000000000000000000000000000000000000000", "AuthFailure", 401)]
    public async Task A_request_must_look_signed(string header, string code, int status)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var (response, body) = await ec2.SendAsync(DescribeZones, header);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, (string?)body.Descendants("Code").Single());
    }

    [Fact]
    public async Task A_parameter_that_EC2_does_not_know_is_refused()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var (code, message) = await ec2.CodeAsync("DescribeVolumes", "Filters.1.Name=size");
        Assert.Equal("UnknownParameter", code);
        Assert.Contains("Filters", message);
    }

    [Fact]
    public async Task Another_version_is_refused()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var (_, body) = await ec2.SendAsync(new Dictionary<string, string> { ["Action"] = "DescribeVolumes", ["Version"] = "2010-01-01" });
        Assert.Equal("InvalidAction", (string?)body.Descendants("Code").Single());
    }

    [Theory]
    [InlineData("CreateVolume", "AvailabilityZone=eu-west-1b", "Size=1")]
    [InlineData("DeleteVolume", "VolumeId=vol-0e7cd0a1b2c3d4e5f")]
    [InlineData("CreateTags", "ResourceId.1=vol-0e7cd0a1b2c3d4e5f", "Tag.1.Key=a")]
    [InlineData("DeleteTags", "ResourceId.1=vol-0e7cd0a1b2c3d4e5f")]
    [InlineData("DescribeVolumes")]
    public async Task A_dry_run_checks_and_changes_nothing(string action, params string[] parameters)
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        var before = ec2.Server.Ec2.Volumes;
        var (code, _) = await ec2.CodeAsync(action, [.. parameters, "DryRun=true"]);
        Assert.Equal("DryRunOperation", code);
        Assert.Equal(before, ec2.Server.Ec2.Volumes);
    }

    [Fact]
    public async Task The_ledger_names_service_operation_target_and_outcome()
    {
        await using var ec2 = await Ec2Harness.StartAsync();
        await ec2.CodeAsync("CreateVolume", "AvailabilityZone=eu-west-1b", "Size=1",
            "TagSpecification.1.ResourceType=volume", "TagSpecification.1.Tag.1.Key=Name", "TagSpecification.1.Tag.1.Value=manual-ebs-01");
        await ec2.CodeAsync("DeleteVolume", $"VolumeId={Ec2Harness.Nowhere}");
        await ec2.CodeAsync("DescribeVolumes", "Filter.1.Name=tag:a", "Filter.1.Value.1=x", "Filter.1.Value.2=y", "Filter.2.Name=size",
            "Filter.2.Value.1=1");
        Assert.Equal(
            [
                ("CreateVolume", "eu-west-1b manual-ebs-01", 200, null),
                ("DeleteVolume", Ec2Harness.Nowhere, 400, "InvalidVolume.NotFound"),
                ("DescribeVolumes", "tag:a=x,y size=1", 200, (string?)null),
            ],
            ec2.Server.Ledger.Calls.Select(call => (call.Operation, call.Target, call.Status, call.Error)));
        Assert.All(ec2.Server.Ledger.Calls, call => Assert.Equal("ec2", call.Service));
    }
}
