using System.Management.Automation;
using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;
/// <summary>A cluster with one thing wrong, and what Test-EbsPersistentVolume says of it.</summary>
public abstract class AuditScenarioBase(IBackend backend) : ScenarioBase(backend)
{
    private protected const string Gone = "vol-0aaaaaaaaaaaaaaa1";

    private protected static string? Text(PSObject finding, string property) => ScriptResult.Text(finding, property);

    private protected static JsonNode Json(string text) => JsonNode.Parse(text)!;

    private protected static JsonNode Affinity(string zone) => Json($$$"""
        {"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"topology.kubernetes.io/zone","operator":"In","values":["{{{zone}}}"]}]}]} }
        """);

    private protected PSObject Only(string code) => Assert.Single(Session.Run($"Test-EbsPersistentVolume -Code {code}").WithoutErrors().Output);

    private protected string Registered() => Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors().Each("VolumeId")[0]!;

    private protected Task<string> VolumeAsync(params (string Key, string Value)[] tags) => VolumeAsync(IBackend.ZoneB, tags);

    private protected async Task<string> VolumeAsync(string zone, params (string Key, string Value)[] tags)
    {
        var made = await Backend.Ec2.CallAsync(
            "CreateVolume",
            [("AvailabilityZone", zone), ("Size", "10"), ("VolumeType", "gp3"), .. Ec2Http.Tags("volume", tags.Select(tag => KeyValuePair.Create(tag.Key, tag.Value)).Append(new("by", "hand")))]);
        return made.Element("volumeId")!.Value;
    }

    private protected Task TagAsync(string id, string key, string value) =>
        Backend.Ec2.CallAsync("CreateTags", ("ResourceId.1", id), ("Tag.1.Key", key), ("Tag.1.Value", value));

    private protected async Task RegisterAsync(string id)
    {
        var zone = (await Backend.Ec2.AllVolumesAsync()).Single(volume => volume.Id == id).Zone;
        Session.Run($"Register-EbsPersistentVolume {id} -AvailabilityZone {zone} -Size 10 -Name by-hand").WithoutErrors();
    }

    private protected Task CreateVolumeAsync(string name, string id, Action<JsonNode> change, string storageClass = "other")
    {
        var volume = KubeObjects.PersistentVolume(name, KubeObjects.Csi(id), storageClass);
        change(volume["spec"]!);
        return Backend.Kube.CreateAsync(KubeHttp.Volumes, volume);
    }
}
