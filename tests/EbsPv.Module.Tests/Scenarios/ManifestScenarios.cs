using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Manifests that ConvertTo-EbsPersistentVolumeManifest writes, judged by kubectl and by the server.</summary>
public abstract class ManifestScenarios(IBackend backend) : ScenarioBase(backend)
{
    private const string Three = "Get-WorkerZone | New-ClusterEbsVolume -Size 10 -Count 3";
    private const string Convert = "$volumes | ConvertTo-EbsPersistentVolumeManifest";

    private static readonly string[] Wishes =
    [
        "",
        "-OutputFormat Json",
        "-VolumeSource Csi -FileSystemType xfs -Partition 1 -MountOption noatime, 'discard=async' -VolumeAttribute @{ blockSize = '4096' }",
        "-VolumeSource EksAutoMode",
        "-VolumeSource InTree -Partition 3 -FileSystemType ext3",
        "-VolumeSource Auto",
        "-VolumeMode Block",
        "-ReclaimPolicy Delete -AllowDeletePolicy",
        "-StorageClassName ''",
        "-StorageClassName yes -Name null -Label @{ a = 'true'; b = '1e3'; c = ''; 'd.io/e' = '0x1F' }",
        "-Annotation @{ a = 'yes'; b = \"two`nlines`n\"; c = 'ñ & <b> \"q\" ''s'' \\'; d = ' # no comment'; e = '{ \"json\": [1] }'; f = '1_000' }",
        "-Record -SaveConfig -Annotation @{ owner = 'me' }",
        "-StatefulSet web -ClaimTemplate data -ClaimNamespace shop",
        "-CreateStorageClass",
        "-CreateStorageClass -StorageClassName lenta -OutputFormat Json",
    ];

    [Scenario]
    public async Task What_is_written_is_what_is_posted_whatever_is_typed()
    {
        string[] all =
        [
            "", "-Name 'otro'", "-StorageClassName ''", "-Label @{ type = 'otra'; equipo = 'web' }", "-Annotation @{ nota = \"a`n<b> & 'c' é\" }", "-VolumeMode Block", "-AccessMode RWO, ReadWriteOnce",
            "-ReclaimPolicy delete -AllowDeletePolicy", "-FileSystemType XFS -MountOption noatime, 'discard'", "-Partition 1", "-VolumeAttribute @{ BlockSize = '4096'; inodesize = '512' }", "-VolumeSource InTree -Partition 0",
            "-VolumeSource EksAutoMode", "-ClaimName datos -ClaimNamespace default",
        ];
        foreach (var (typed, number) in all.Select((typed, number) => (typed, number)))
        {
            Session.Run($"$volume = 'eu-west-1b' | New-ClusterEbsVolume -Size 10 -SetName 'set{number}'").WithoutErrors();
            var said = typed.Contains("-VolumeSource", StringComparison.Ordinal) ? typed : $"-VolumeSource Csi {typed}";
            var written = JsonNode.Parse((string)Session.Run($"$volume | ConvertTo-EbsPersistentVolumeManifest -OutputFormat Json -SaveConfig {said}").WithoutErrors().Output[0].BaseObject)!;
            var name = Session.Run($"$volume | Register-EbsPersistentVolume -NoWait -SaveConfig {said}").WithoutErrors().Each("Name")[0]!;
            Assert.Equal(Annotation(written), Annotation(await PersistentVolumeAsync(name)));
        }

        static string? Annotation(JsonNode? volume) => (string?)volume!["metadata"]!["annotations"]!["kubectl.kubernetes.io/last-applied-configuration"];
    }

    [Scenario]
    public async Task The_server_accepts_every_manifest()
    {
        Session.Run($"$volumes = {Three}").WithoutErrors();
        foreach (var wish in Wishes)
        {
            var manifests = Session.Run($"{Convert} {wish}").WithoutErrors().Output.Select(one => one.ToString()).ToList();
            var made = await Kubectl.RunAsync(string.Join('\n', manifests), "create", "--dry-run=server", "-f", "-");
            Assert.True(made.Error.Length == 0, $"{wish}: {made.Error}");
            Assert.True(manifests.Count == made.Lines.Count, $"{wish}: {made.Output}");
        }
    }

    [Scenario(Needs = Ability.ModernKubernetes)]
    public async Task A_modern_server_accepts_those_too_that_an_old_one_does_not_know()
    {
        Session.Run($"$volumes = {Three}").WithoutErrors();

        await Kubectl.RunAsync(Text($"{Convert} -AccessMode RWOP -VolumeAttributesClassName oro"), "create", "--dry-run=server", "-f", "-");
    }

    [Scenario]
    public async Task What_kubectl_makes_of_them_is_what_Register_makes()
    {
        Session.Run($"$volumes = {Three}").WithoutErrors();
        const string Parameters = "-FileSystemType xfs -MountOption noatime -Label @{ equipo = 'web' } -Annotation @{ nota = 'de la casa' } -CreateStorageClass";
        await Kubectl.RunAsync(Text($"{Convert} {Parameters}"), "create", "-f", "-");
        var byKubectl = await MadeAsync();
        await Backend.Kube.DeleteAsync($"{KubeHttp.StorageClasses}/manual-ebs");
        foreach (var name in byKubectl.Keys.Except(["manual-ebs"])) await Backend.Kube.DeleteAsync($"{KubeHttp.Volumes}/{name}");
        await Until.TrueAsync("they are gone", async () => (await Backend.Kube.PersistentVolumesAsync()).Count == 0);

        Session.Run($"$volumes | Register-EbsPersistentVolume {Parameters}").WithoutErrors();

        var byRegister = await MadeAsync();
        Assert.Equal(byKubectl.Keys.Order(), byRegister.Keys.Order());
        Assert.All(byKubectl, one => Assert.True(JsonNode.DeepEquals(one.Value, byRegister[one.Key]), $"{one.Value}\n{byRegister[one.Key]}"));
    }

    [Scenario]
    public async Task kubectl_apply_of_the_same_manifest_changes_nothing_and_warns_of_nothing()
    {
        string[] parameters = ["", "-TemplatePath '" + FileOf(Runbook.Manifest) + "'", "-Annotation @{ b = 'ñ & <b>'; a = \"x`ny\" } -Partition 1 -VolumeSource InTree -StatefulSet web -ClaimTemplate data"];
        foreach (var (index, wish) in parameters.Index())
        {
            Session.Run($"$volumes = 'eu-west-1b' | New-ClusterEbsVolume -Size 10 -Count 3 -SetName set{index}").WithoutErrors();
            var named = wish.Contains("TemplatePath") ? "" : $"-Name set{index}";
            Session.Run($"$volumes | Register-EbsPersistentVolume {wish} {named} -Record -SaveConfig -CreateStorageClass").WithoutErrors();
            var before = await VersionsAsync();
            foreach (var save in new[] { "", "-SaveConfig" })
            {
                var applied = await Kubectl.RunAsync(Text($"{Convert} {wish} {named} {save}{(wish.Contains("InTree") || wish.Contains("Template") ? "" : " -VolumeSource Auto")}"), "apply", "-f", "-");
                Assert.Equal("", applied.Error);
                Assert.All(applied.Lines, line => Assert.EndsWith(" unchanged", line));
                Assert.Equal(3, applied.Lines.Count);
            }

            Assert.Equal(before, await VersionsAsync());
        }
    }

    [Scenario]
    public async Task SaveConfig_writes_what_kubectl_writes_to_the_letter()
    {
        Session.Run("$volumes = 'eu-west-1b' | New-ClusterEbsVolume -Size 10").WithoutErrors();
        string[] more =
        [
            "-Annotation @{ a = \"`u{2028}`u{2029}`u{7f}`u{1F600}`b`f`r`t`\"\\/</script>&amp;\" }",
            "-Label @{ Z = 'a'; a = 'Z'; 'x_y.z' = ''; B = 'b' } -ClaimName data",
            $"-TemplatePath '{FileOf(Runbook.Document("uno", "X", "mountOptions: [noatime]", "claimRef: { namespace: a, name: b, kind: PersistentVolumeClaim }"))}'",
        ];
        foreach (var wish in Wishes.Where(wish => !wish.Contains("Record") && !wish.Contains("Create") && !wish.Contains("Json") && !wish.Contains("Auto")).Concat(more))
        {
            var ours = JsonNode.Parse(Text($"{Convert} {wish} -SaveConfig -OutputFormat Json"))!;
            var theirs = await Kubectl.RunAsync(Text($"{Convert} {wish}"), "create", "--save-config", "--dry-run=client", "-o", "json", "-f", "-");
            Assert.Equal(LastApplied(JsonNode.Parse(theirs.Output)!), LastApplied(ours));
        }

        static string LastApplied(JsonNode one) => one["metadata"]!["annotations"]!["kubectl.kubernetes.io/last-applied-configuration"]!.GetValue<string>();
    }

    [Scenario]
    public async Task A_manifest_that_kubectl_created_is_unchanged_when_it_is_applied()
    {
        Session.Run($"$volumes = {Three}").WithoutErrors();
        var manifest = Text($"{Convert} -Record -SaveConfig -Annotation @{{ owner = 'me' }}");
        await Kubectl.RunAsync(manifest, "create", "-f", "-");
        foreach (var number in Enumerable.Range(1, 3)) await PhaseAsync($"manual-ebs-0{number}", "Available");
        var before = await VersionsAsync();

        var applied = await Kubectl.RunAsync(manifest, "apply", "-f", "-");

        Assert.Equal(("", 3), (applied.Error, applied.Lines.Count(line => line.EndsWith(" unchanged", StringComparison.Ordinal))));
        Assert.Equal(before, await VersionsAsync());
    }

    [Scenario]
    public async Task An_in_tree_manifest_becomes_one_for_the_CSI_driver()
    {
        var file = FileOf(Runbook.Document("datos", "aws://eu-west-1b/vol-0aaaaaaaaaaaaaaa1", "mountOptions: [noatime]") + Runbook.Document("otros", "vol-0aaaaaaaaaaaaaaa2"), "old.yml");

        var result = Session.Run($"ConvertTo-EbsPersistentVolumeManifest -Path '{file}' -VolumeSource Csi").WithoutErrors();

        Assert.Equal(2, result.Output.Count);
        Assert.Contains("document 2", Assert.Single(result.Warnings, warning => warning.StartsWith("ZoneUnknown:", StringComparison.Ordinal)));
        await Kubectl.RunAsync(string.Join('\n', result.Output), "apply", "-f", "-");
        var (first, second) = (await PersistentVolumeAsync("datos"), await PersistentVolumeAsync("otros"));
        Assert.Equal((Workers.Csi, "vol-0aaaaaaaaaaaaaaa1", "ext4", """["noatime"]"""), (Text(first, "spec.csi.driver"), Text(first, "spec.csi.volumeHandle"), Text(first, "spec.csi.fsType"), Text(first, "spec.mountOptions")));
        Assert.Equal("eu-west-1b", Text(first, "spec.nodeAffinity.required.nodeSelectorTerms.0.matchExpressions.0.values.0"));
        Assert.Null(Text(second, "spec.nodeAffinity"));
    }

    [Scenario]
    public async Task What_kubectl_got_from_the_cluster_can_be_converted()
    {
        Session.Run($"{Three} | Register-EbsPersistentVolume -VolumeSource InTree -SaveConfig -Record").WithoutErrors();
        await BindAsync("data", "manual-ebs-01");
        var file = FileOf((await Kubectl.RunAsync(null, "get", "pv", "-o", "yaml")).Output, "old.yml");

        var manifests = Session.Run($"ConvertTo-EbsPersistentVolumeManifest -Path '{file}' -OutputFormat Json").WithoutErrors().Output.Select(one => JsonNode.Parse(one.ToString())!).ToList();

        Assert.Equal(["manual-ebs-01", "manual-ebs-02", "manual-ebs-03"], manifests.Select(Name));
        Assert.All(manifests, one => Assert.Equal((Workers.Csi, null, null, null), (Text(one, "spec.csi.driver"), Text(one, "status"), Text(one, "metadata.uid"), Text(one, "metadata.finalizers"))));
        Assert.Equal("""{"apiVersion":"v1","kind":"PersistentVolumeClaim","namespace":"default","name":"data"}""", Text(manifests[0], "spec.claimRef"));
        foreach (var source in new[] { "Csi", "EksAutoMode", "InTree", "Auto" })
            Assert.Equal(3, (await Kubectl.RunAsync(Text($"ConvertTo-EbsPersistentVolumeManifest -Path '{file}' -VolumeSource {source} -Name nuevo"), "create", "--dry-run=server", "-f", "-")).Lines.Count);
    }

    [Scenario]
    public async Task A_file_that_the_user_wrote_is_taken_by_kubectl_and_two_runs_write_the_same()
    {
        Session.Run($"$volumes = {Three}").WithoutErrors();
        var file = Path.Combine(TestProcess.NewFolder("files"), "pv.yml");

        Session.Run($"[IO.File]::WriteAllLines('{file}', [string[]]({Convert})); [IO.File]::WriteAllLines('{file}2', [string[]]({Convert}))").WithoutErrors();

        Assert.Equal(await File.ReadAllTextAsync(file), await File.ReadAllTextAsync($"{file}2"));
        Assert.Equal(3, (await Kubectl.RunAsync(null, "apply", "-f", file)).Lines.Count);
        Assert.Equal(["True", "True", "True"], Session.Run("$volumes | Register-EbsPersistentVolume").WithoutErrors().Each("Adopted"));
    }

    private string Text(string script) => string.Join('\n', Session.Run(script).WithoutErrors().Output);

    private async Task<List<string>> VersionsAsync() => [.. (await Backend.Kube.PersistentVolumesAsync()).Select(one => $"{Name(one)} {Text(one, "metadata.resourceVersion")}")];

    // Less what a server adds, which differs from one time to the next.
    private async Task<Dictionary<string, JsonNode>> MadeAsync()
    {
        var made = new Dictionary<string, JsonNode>();
        foreach (var one in (await Backend.Kube.PersistentVolumesAsync()).Concat(await Backend.Kube.ListAsync(KubeHttp.StorageClasses)))
        {
            var metadata = one["metadata"]!.AsObject();
            foreach (var key in new[] { "uid", "resourceVersion", "creationTimestamp", "managedFields", "selfLink" }) metadata.Remove(key);
            one.AsObject().Remove("status");
            made[Name(one)] = one;
        }

        return made;
    }
}
