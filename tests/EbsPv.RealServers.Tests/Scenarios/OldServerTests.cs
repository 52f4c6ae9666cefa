using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.RealServers.Tests.Scenarios;

/// <summary>A real API server that is older than some fields and modes, and than strict field validation.</summary>
[Collection(RealServersBackend.CollectionName)]
public sealed class OldServerTests(RealServersBackend backend) : ScenarioBase(backend)
{
    private const string Volume = "[pscustomobject]@{ VolumeId = 'vol-0123456789abcdef0'; Name = 'pv'; AvailabilityZone = 'eu-west-1b'; Size = 10 } | Register-EbsPersistentVolume";

    [Fact]
    public async Task A_field_that_it_drops_is_warned_of()
    {
        var result = Session.Run($"{Volume} -VolumeAttributesClassName gold").WithoutErrors();

        Assert.Contains("FieldIgnored: this API server is too old for spec.volumeAttributesClassName, and left it out of the PersistentVolume pv.", result.Warnings);
        Assert.Null((await PersistentVolumeAsync("pv"))["spec"]!["volumeAttributesClassName"]);
    }

    [Fact]
    public async Task A_mode_that_it_does_not_know_is_refused_in_its_own_words()
    {
        var error = Session.Run($"{Volume} -AccessMode ReadWriteOncePod").OnlyError("PersistentVolumeInvalid");

        Assert.Contains("ReadWriteOncePod", error.Exception.Message);
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Fact]
    public async Task A_field_that_nobody_knows_is_refused_before_it_is_asked()
    {
        var path = Path.Combine(TestProcess.NewFolder("template"), "pv.yml");
        await File.WriteAllTextAsync(path, "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv}\nspec: {capcity: {storage: 10Gi}}\n", TestContext.Current.CancellationToken);

        var error = Session.Run($"{Volume} -TemplatePath '{path}'").OnlyError("ManifestInvalid");

        Assert.Contains("spec.capcity", error.Exception.Message);
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }
}
