using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What Get-ClusterEbsVolume chooses, and how it shows what others wrote.</summary>
public abstract class ListingScenarios(IBackend backend) : ScenarioBase(backend)
{
    // A direction mark and a line separator, which XML carries and a terminal obeys.
    private const string Hostile = "malo\u202Etxt.exe\u2028fin";

    [Scenario]
    public async Task State_and_Unattached_choose_by_what_EC2_says()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10").WithoutErrors();
        var attached = await AttachAsync();

        Assert.Equal([attached], Session.Run("Get-ClusterEbsVolume -SetName manual-ebs -State in-use").WithoutErrors().Each("VolumeId"));
        Assert.Equal([IBackend.ZoneC], Session.Run("Get-ClusterEbsVolume -SetName manual-ebs -State available").WithoutErrors().Each("AvailabilityZone"));
        Assert.Equal(2, Session.Run("Get-ClusterEbsVolume -SetName manual-ebs -State IN-USE, available").WithoutErrors().Output.Count);
        Assert.Equal([IBackend.ZoneC], Session.Run("Get-ClusterEbsVolume -SetName manual-ebs -Unattached").WithoutErrors().Each("AvailabilityZone"));
        Assert.Empty(Session.Run("Get-ClusterEbsVolume -SetName manual-ebs -Unattached -State in-use").WithoutErrors().Output);
    }

    [Scenario]
    public void Tag_chooses_by_value_by_key_and_by_all_of_them()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -SetName uno -Tag @{{ equipo = 'datos'; nivel = '1' }}").WithoutErrors();
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -SetName dos -Tag @{{ equipo = 'web'; nivel = '1' }}").WithoutErrors();
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -SetName tres").WithoutErrors();

        Assert.Equal(["uno"], Chosen("@{ equipo = 'datos' }"));
        Assert.Equal(["dos", "uno"], Chosen("@{ equipo = '' }"));
        Assert.Equal(["dos"], Chosen("@{ nivel = '1'; equipo = 'web' }"));
        Assert.Empty(Chosen("@{ equipo = 'DATOS' }"));

        IEnumerable<string?> Chosen(string tags) => Session.Run($"Get-ClusterEbsVolume -Tag {tags}").WithoutErrors().Each("SetName").Order();
    }

    [Scenario(Needs = Ability.EscapedFilters)]
    public void A_star_in_a_tag_is_a_star()
    {
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -SetName uno -Tag @{{ equipo = 'datos' }}").WithoutErrors();
        Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10 -SetName dos -Tag @{{ equipo = 'dat*' }}").WithoutErrors();

        Assert.Equal(["dos"], Session.Run("Get-ClusterEbsVolume -Tag @{ equipo = 'dat*' }").WithoutErrors().Each("SetName"));
    }

    [Scenario]
    public async Task Hostile_tags_are_kept_raw_and_shown_escaped()
    {
        var id = Session.Run($"'{IBackend.ZoneB}' | New-ClusterEbsVolume -Size 10").WithoutErrors().Each("VolumeId")[0]!;
        await Backend.Ec2.CallAsync("CreateTags", ("ResourceId.1", id), ("Tag.1.Key", "Name"), ("Tag.1.Value", Hostile), ("Tag.2.Key", "equipo"), ("Tag.2.Value", Hostile));

        var result = Session.Run("param($value) Get-ClusterEbsVolume -Tag @{ equipo = $value }", ("value", Hostile)).WithoutErrors();

        Assert.Equal([Hostile], result.Each("Name"));
        var tags = (IReadOnlyDictionary<string, string>)result.Output[0].Properties["Tags"].Value;
        Assert.Equal(Hostile, tags["equipo"]);
        var shown = Session.Render(result.Output);
        Assert.Contains(@"malo\u202etxt.exe\u2028fin", shown);
        Assert.DoesNotContain('\u202E', shown);
        Assert.DoesNotContain('\u2028', shown);
    }

    [Scenario]
    public void The_control_plane_s_volume_is_never_listed()
    {
        Session.Run("Get-WorkerZone | New-ClusterEbsVolume -Size 10").WithoutErrors();

        var listed = Session.Run("Get-ClusterEbsVolume -Unattached").WithoutErrors().Each("VolumeId");

        Assert.Equal(2, listed.Count);
        Assert.DoesNotContain(Backend.EtcdVolume, listed);
    }

    private async Task<string> AttachAsync()
    {
        var volume = (await Backend.Ec2.VolumesAsync())[0].Id;
        var instance = Session.Run("(Get-WorkerZone)[0].InstanceId[0]").WithoutErrors().Output[0].ToString();
        await Backend.AttachAsync(volume, instance);
        return volume;
    }
}
