using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Claims that are made for PersistentVolumes, and PersistentVolumes that are kept for claims to come.</summary>
public abstract class ClaimScenarios(IBackend backend) : ScenarioBase(backend)
{
    [Scenario]
    public async Task Claims_name_their_volume_class_size_and_modes_and_come_when_they_are_Bound()
    {
        var result = Session.Run($"{Line} | New-EbsPersistentVolumeClaim -Name data").WithoutErrors();

        Assert.Equal(["data-01", "data-02"], result.Each("Name"));
        Assert.Equal(["Bound", "Bound"], result.Each("Status"));
        Assert.Equal(["manual-ebs-01", "manual-ebs-02"], result.Each("VolumeName"));
        var claim = await ClaimAsync("data-01");
        Assert.Equal("Bound", Text(claim, "status.phase"));
        Assert.Equal(("manual-ebs-01", "manual-ebs", "10Gi"), (Text(claim, "spec.volumeName"), Text(claim, "spec.storageClassName"), Text(claim, "spec.resources.requests.storage")));
        Assert.Equal("""["ReadWriteOnce"]""", Text(claim, "spec.accessModes"));
        Assert.Equal("Bound", Phase(await PersistentVolumeAsync("manual-ebs-02")));
    }

    [Scenario]
    public async Task Two_volumes_are_not_kept_for_one_claim()
    {
        var kept = Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName uno | Register-EbsPersistentVolume -ClaimName datos").WithoutErrors();
        Session.Run("$other = 'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName otro").WithoutErrors();

        var twice = Session.Run("$other | Register-EbsPersistentVolume -ClaimName datos").OnlyError("ClaimConflict");

        Assert.Contains($"{kept.Each("Name")[0]} (", twice.Exception.Message, StringComparison.Ordinal);
        Assert.Single(await Backend.Kube.PersistentVolumesAsync());
        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName uno | Register-EbsPersistentVolume -ClaimName datos").WithoutErrors();
    }

    [Scenario]
    public async Task No_class_is_written_as_no_class()
    {
        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -StorageClassName '' | New-EbsPersistentVolumeClaim").WithoutErrors();

        Assert.Equal("", Text(await ClaimAsync("manual-ebs-01"), "spec.storageClassName"));
    }

    [Scenario]
    public async Task Devices_smaller_requests_labels_and_names_by_volume()
    {
        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 -OutVariable volume | Register-EbsPersistentVolume -VolumeMode Block").WithoutErrors();

        Session.Run("$volume | New-EbsPersistentVolumeClaim -Name cruda -Size 4 -Label @{ equipo = 'web' } -Namespace default").WithoutErrors();

        var claim = await ClaimAsync("cruda");
        Assert.Equal(("Block", "4Gi", "web", "10Gi"), (Text(claim, "spec.volumeMode"), Text(claim, "spec.resources.requests.storage"), Text(claim, "metadata.labels.equipo"), Text(claim, "status.capacity.storage")));
    }

    [Scenario]
    public async Task The_same_line_again_makes_no_claim_and_emits_the_same()
    {
        var line = $"{Line} | New-EbsPersistentVolumeClaim";
        Session.Run(line).WithoutErrors();

        var again = Session.Run(line).WithoutErrors();

        Assert.Equal(["True", "True"], again.Each("Adopted"));
        Assert.Equal(["Bound", "Bound"], again.Each("Status"));
        Assert.Equal(2, (await Backend.Kube.ListAsync(KubeHttp.Claims)).Count);
    }

    [Scenario]
    public void PersistentVolumes_that_are_registered_while_the_first_are_claimed_are_claimed_too()
    {
        var result = Session.Run($"Get-WorkerZone | New-ClusterEbsVolume -Size 10 -CountPerZone 2 | ForEach-Object {{ $_ | Register-EbsPersistentVolume }} | New-EbsPersistentVolumeClaim").WithoutErrors();

        Assert.Equal(["manual-ebs-01", "manual-ebs-02", "manual-ebs-03", "manual-ebs-04"], result.Each("VolumeName").Order(StringComparer.Ordinal));
    }

    [Scenario]
    public async Task A_claim_that_is_there_and_asks_for_something_else_is_told()
    {
        Session.Run($"{Line} | New-EbsPersistentVolumeClaim").WithoutErrors();

        var again = Session.Run("New-EbsPersistentVolumeClaim manual-ebs-01, manual-ebs-02 -Size 5").WithoutErrors();

        Assert.Equal(["True", "True"], again.Each("Adopted"));
        Assert.Contains("default/manual-ebs-01 (asks for 10Gi, not 5Gi), default/manual-ebs-02", Assert.Single(again.Warnings, warning => warning.StartsWith("ClaimsDiffer: ", StringComparison.Ordinal)));
        Assert.Equal("10Gi", Text(await ClaimAsync("manual-ebs-01"), "spec.resources.requests.storage"));
    }

    [Scenario]
    public async Task WhatIf_shows_the_claims_of_the_whole_line_and_makes_none()
    {
        var result = Session.Run($"$WhatIfPreference = $true; {Line} | New-EbsPersistentVolumeClaim -Name data").WithoutErrors();

        Assert.Equal("What if: Make the claim default/data-02 on the PersistentVolume manual-ebs-02 (10Gi, class manual-ebs).", result.WhatIf[^1]);
        Assert.Equal(["planned", "planned"], result.Each("Status"));
        Assert.Empty(await Backend.Kube.ListAsync(KubeHttp.Claims));
    }

    [Scenario]
    public async Task A_volume_that_is_kept_for_a_claim_gets_that_claim()
    {
        var kept = Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -ClaimNamespace default -ClaimName datos").WithoutErrors();

        Assert.Equal(["default/datos"], kept.Each("Claim"));
        Assert.Equal(["Available"], kept.Each("Status"));
        var reference = (await PersistentVolumeAsync("manual-ebs-01"))["spec"]!["claimRef"]!;
        Assert.Equal(("default", "datos", null), (Text(reference, "namespace"), Text(reference, "name"), Text(reference, "uid")));
        Session.Run("Get-EbsPersistentVolume manual-ebs-01 | New-EbsPersistentVolumeClaim -Name otra").OnlyError("ClaimConflict");
        Assert.Equal(["datos"], Session.Run("Get-EbsPersistentVolume manual-ebs-01 | New-EbsPersistentVolumeClaim").WithoutErrors().Each("Name"));
    }

    [Scenario]
    public async Task A_claim_that_waits_gets_the_volume_that_is_kept_for_it_and_no_other()
    {
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("datos", "", "otra"));
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("ajena", "", "manual-ebs"));

        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -ClaimName datos -NoWait").WithoutErrors();

        Assert.Equal("datos", Text(await PhaseAsync("manual-ebs-01", "Bound"), "spec.claimRef.name"));
        Assert.Equal("Pending", Text(await ClaimAsync("ajena"), "status.phase"));
    }

    [Scenario]
    public async Task A_reservation_that_could_not_be_kept_is_refused_before_anything_is_posted()
    {
        Session.Run("'eu-west-1c' | New-ClusterEbsVolume -Size 10 -SetName otro | Register-EbsPersistentVolume | New-EbsPersistentVolumeClaim -Name tomada").WithoutErrors();
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("grande", "", "manual-ebs", "20Gi"));
        Session.Run("$volume = 'eu-west-1b' | New-ClusterEbsVolume -Size 10").WithoutErrors();

        var taken = Session.Run("$volume | Register-EbsPersistentVolume -ClaimName tomada").OnlyError("ClaimConflict");
        var large = Session.Run("$volume | Register-EbsPersistentVolume -ClaimName grande").OnlyError("VolumeTooSmall");

        Assert.Contains("default/tomada is there already (Bound) and has otro-01", taken.Exception.Message);
        Assert.Contains("has 10Gi, and the claim default/grande asks for 20Gi", large.Exception.Message);
        Assert.Single(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task A_claim_that_would_never_bind_is_refused_before_it_is_made()
    {
        Session.Run("$one = 'eu-west-1b' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume").WithoutErrors();

        Session.Run("$one | New-EbsPersistentVolumeClaim -Size 20").OnlyError("ClaimTooLarge");
        Session.Run("$one | New-EbsPersistentVolumeClaim -AccessMode RWX").OnlyError("ClaimMismatch");
        Session.Run("$one | New-EbsPersistentVolumeClaim -StorageClassName otra").OnlyError("ClaimMismatch");
        Assert.Empty(await Backend.Kube.ListAsync(KubeHttp.Claims));
    }

    [Scenario]
    public async Task A_claim_of_that_name_for_something_else_is_left_alone()
    {
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("manual-ebs-01", "something"));

        var result = Session.Run($"{Line} | New-EbsPersistentVolumeClaim");

        Assert.Contains("default/manual-ebs-01 is for something", result.OnlyError("ClaimConflict").Exception.Message);
        Assert.Equal(["manual-ebs-02"], result.Each("Name"));
    }

    [Scenario]
    public void A_namespace_that_is_not_there_is_named()
    {
        var result = Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume | New-EbsPersistentVolumeClaim -Namespace tienda");

        Assert.Contains("tienda", result.OnlyError("NamespaceNotFound").Exception.Message);
    }

    [Scenario(Needs = Ability.ModernKubernetes)]
    public async Task One_pod_s_volume_and_one_of_an_attributes_class_are_claimed_as_they_are()
    {
        Session.Run($"{Line} -AccessMode RWOP -VolumeAttributesClassName oro | New-EbsPersistentVolumeClaim -Name data").WithoutErrors();

        var claim = await ClaimAsync("data-01");
        Assert.Equal(("Bound", "oro", """["ReadWriteOncePod"]"""), (Text(claim, "status.phase"), Text(claim, "spec.volumeAttributesClassName"), Text(claim, "spec.accessModes")));
    }
}
