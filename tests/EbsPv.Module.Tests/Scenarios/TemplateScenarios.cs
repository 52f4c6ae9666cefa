using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>The files that people have: filled in with volumes, and refused whole where that could be meant in two ways.</summary>
public abstract class TemplateScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Three = "Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 3";

    [Scenario]
    public async Task The_runbook_s_own_file_becomes_what_this_cluster_can_mount()
    {
        var result = Session.Run($"{Three} -OutVariable volumes | Register-EbsPersistentVolume -TemplatePath '{FileOf(Runbook.Manifest)}'").WithoutErrors();

        var volumes = await Backend.Ec2.VolumesAsync();
        Assert.Equal(["manual-ebs-01", "manual-ebs-02", "manual-ebs-03"], result.Each("Name"));
        Assert.Equal(volumes.Select(volume => volume.Id), result.Each("VolumeId"));
        Assert.Equal(["Available", "Available", "Available"], result.Each("Status"));
        foreach (var made in volumes)
        {
            var volume = await PersistentVolumeAsync(made.Name!);
            Assert.Null(Text(volume, "spec.awsElasticBlockStore"));
            Assert.Equal((Workers.Csi, made.Id, "ext4"), (Text(volume, "spec.csi.driver"), Text(volume, "spec.csi.volumeHandle"), Text(volume, "spec.csi.fsType")));
            Assert.Equal(("10Gi", "manual-ebs", "Retain", "ebs"), (Text(volume, "spec.capacity.storage"), Text(volume, "spec.storageClassName"), Text(volume, "spec.persistentVolumeReclaimPolicy"), Text(volume, "metadata.labels.type")));
            Assert.Equal(made.Zone, Text(volume, "spec.nodeAffinity.required.nodeSelectorTerms.0.matchExpressions.0.values.0"));
        }
    }

    [Scenario]
    public async Task The_same_line_again_registers_nothing()
    {
        var line = $"{Three} | Register-EbsPersistentVolume -TemplatePath '{FileOf(Runbook.Manifest)}'";
        var first = Session.Run(line).WithoutErrors();

        var again = Session.Run(line).WithoutErrors();

        Assert.Equal(first.Each("VolumeId"), again.Each("VolumeId"));
        Assert.Equal(["True", "True", "True"], again.Each("Adopted"));
        Assert.Equal(3, (await Backend.Kube.PersistentVolumesAsync()).Count);
    }

    [Scenario]
    public async Task A_number_takes_that_volume_and_other_placeholders_go_by_position()
    {
        var numbered = FileOf(Runbook.Document("segunda", "REPLACE_ME_2") + Runbook.Document("primera", "aws://eu-west-1b/REPLACE_ME_1"));
        var plain = FileOf(Runbook.Document("tercera", "VOLUME") + Runbook.Document("cuarta", "aws:///<id>"));
        Session.Run("$volumes = 'eu-west-1b' | New-ClusterEbsVolume -Size 10 -Count 4").WithoutErrors();

        Session.Run($"$volumes[0..1] | Register-EbsPersistentVolume -TemplatePath '{numbered}'; $volumes[2..3] | Register-EbsPersistentVolume -TemplatePath '{plain}'").WithoutErrors();

        foreach (var (index, name) in new[] { "primera", "segunda", "tercera", "cuarta" }.Index())
            Assert.Equal(Session.Run($"$volumes[{index}].VolumeId").Output[0].ToString(), Text(await PersistentVolumeAsync(name), "spec.csi.volumeHandle"));
    }

    [Scenario]
    public async Task What_the_document_says_wins_over_defaults_and_what_is_typed_wins_over_the_document()
    {
        const string Document = """
            apiVersion: v1
            kind: PersistentVolume
            metadata:
              name: datos
              labels: { equipo: web, type: rapido }
              annotations: { nota: "de la casa" }
            spec:
              capacity: { storage: 5Gi }
              accessModes: [ReadWriteOnce]
              persistentVolumeReclaimPolicy: Retain
              storageClassName: lenta
              mountOptions: [noatime]
              claimRef: { namespace: tienda, name: datos-0 }
              awsElasticBlockStore: { volumeID: REPLACE_ME, fsType: xfs, partition: 1 }
              nodeAffinity:
                required:
                  nodeSelectorTerms:
                  - matchExpressions:
                    - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }
                    - { key: disco, operator: Exists }
            """;

        Session.Run($"'eu-west-1b' | New-ClusterEbsVolume -Size 10 | Register-EbsPersistentVolume -TemplatePath '{FileOf(Document)}' -StorageClassName rapida -Label @{{ equipo = 'db' }}").WithoutErrors();

        var volume = await PersistentVolumeAsync("datos");
        Assert.Equal(("5Gi", "rapida", "db", "rapido"), (Text(volume, "spec.capacity.storage"), Text(volume, "spec.storageClassName"), Text(volume, "metadata.labels.equipo"), Text(volume, "metadata.labels.type")));
        Assert.Equal(("xfs", """{"partition":"1"}""", """["noatime"]"""), (Text(volume, "spec.csi.fsType"), Text(volume, "spec.csi.volumeAttributes"), Text(volume, "spec.mountOptions")));
        Assert.Equal(("de la casa", "tienda", "datos-0"), (Text(volume, "metadata.annotations.nota"), Text(volume, "spec.claimRef.namespace"), Text(volume, "spec.claimRef.name")));
        Assert.Equal("disco", Text(volume, "spec.nodeAffinity.required.nodeSelectorTerms.0.matchExpressions.1.key"));
        Assert.Equal("eu-west-1b", volume["metadata"]!["labels"]!["topology.kubernetes.io/zone"]!.GetValue<string>());
    }

    [Scenario]
    public async Task Volumes_of_a_set_meet_their_documents_in_whatever_order_they_are_listed()
    {
        var file = FileOf(Runbook.Manifest);
        Session.Run($"{Three}; $volumes = @(Get-ClusterEbsVolume -SetName manual-ebs); [array]::Reverse($volumes)").WithoutErrors();

        var result = Session.Run($"$volumes | Register-EbsPersistentVolume -TemplatePath '{file}'").WithoutErrors();

        Assert.Equal((await Backend.Ec2.VolumesAsync()).Select(volume => $"{volume.Name} {volume.Id}").Order(), result.Each("Name").Zip(result.Each("VolumeId"), (name, id) => $"{name} {id}").Order());
        Assert.Equal(["manual-ebs-01", "manual-ebs-02", "manual-ebs-03"], result.Each("Name"));
        var numbered = Session.Run("$volumes | ConvertTo-EbsPersistentVolumeManifest -Name datos -OutputFormat Json").WithoutErrors().Output.Select(one => one.ToString()!).ToList();
        Assert.All(numbered.Zip(result.Each("VolumeId")), one => Assert.Contains(one.Second!, one.First));
        Assert.Contains("\"name\":\"datos-01\"", numbered[0]);
    }

    [Scenario]
    public async Task A_document_that_another_PersistentVolume_s_volume_would_meet_is_refused_before_the_first_post()
    {
        Session.Run($"$volumes = {Three}; $volumes[0] | Register-EbsPersistentVolume").WithoutErrors();

        var error = Session.Run($"$volumes | Register-EbsPersistentVolume -TemplatePath '{FileOf(Runbook.Document("manual-ebs-02", "UNO") + Runbook.Document("manual-ebs-01", "DOS") + Runbook.Document("manual-ebs-03", "TRES"))}'")
            .OnlyError("PersistentVolumeConflict");

        Assert.Contains("is for manual-ebs-02, and the volume that it would take", error.Exception.Message);
        Assert.Contains("is registered as manual-ebs-01 already", error.Exception.Message);
        Assert.Single(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task The_claims_that_documents_name_are_looked_at_all()
    {
        await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim("grande", ""));
        var claim = await ClaimAsync("grande");
        var asked = Text(claim, "spec.resources.requests.storage");
        var small = Runbook.Document("dos", "REPLACE_ME_2", "claimRef: { namespace: default, name: grande }").Replace("10Gi", "1Gi", StringComparison.Ordinal);

        var error = Session.Run($"'eu-west-1b' | New-ClusterEbsVolume -Size 10 -Count 2 | Register-EbsPersistentVolume -TemplatePath '{FileOf(Runbook.Document("uno", "REPLACE_ME_1") + small)}'").OnlyError("VolumeTooSmall");

        Assert.Contains($"the claim default/grande asks for {asked}", error.Exception.Message);
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task InTree_that_is_typed_stays_in_tree_with_the_zone_in_its_id()
    {
        var made = Session.Run($"{Three} | Register-EbsPersistentVolume -TemplatePath '{FileOf(Runbook.Manifest)}' -VolumeSource InTree").WithoutErrors();

        var volume = await PersistentVolumeAsync("manual-ebs-03");
        Assert.Equal($"aws://eu-west-1c/{made.Each("VolumeId")[2]}", Text(volume, "spec.awsElasticBlockStore.volumeID"));
        Assert.Equal("eu-west-1c", Text(volume, "spec.nodeAffinity.required.nodeSelectorTerms.0.matchExpressions.0.values.0"));
    }

    [Scenario]
    public async Task More_or_fewer_documents_than_volumes_are_refused_whole()
    {
        var file = FileOf(Runbook.Manifest);
        Session.Run($"$volumes = {Three}").WithoutErrors();

        var fewer = Session.Run($"$volumes[0..1] | Register-EbsPersistentVolume -TemplatePath '{file}'").OnlyError("TemplateCountMismatch");
        var more = Session.Run($"$volumes | Register-EbsPersistentVolume -TemplatePath '{FileOf(Runbook.Document("una", "REPLACE_ME_1"))}'").OnlyError("TemplateCountMismatch");

        Assert.Contains("has 3 PersistentVolumes, and 2 volumes came", fewer.Exception.Message);
        Assert.Contains("has 1 PersistentVolume, and 3 volumes came", more.Exception.Message);
        Assert.Empty(await Backend.Kube.PersistentVolumesAsync());
    }

    [Scenario]
    public async Task WhatIf_shows_which_volume_each_document_takes()
    {
        var result = Session.Run($"$WhatIfPreference = $true; {Three} | Register-EbsPersistentVolume -TemplatePath '{FileOf(Runbook.Manifest)}'").WithoutErrors();

        Assert.Equal(
            ["manual-ebs-01", "manual-ebs-02", "manual-ebs-03"],
            result.WhatIf.Skip(3).Select(line => line.Split(" as PersistentVolume ")[1].Split(' ')[0]));
        Assert.Equal(["planned", "planned", "planned"], result.Each("Status"));
        Assert.Empty(await Backend.Ec2.VolumesAsync());
    }
}
