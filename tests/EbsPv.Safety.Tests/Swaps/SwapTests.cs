using System.Text;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.Safety.Tests.Swaps;

/// <summary>PersistentVolumes in zone c, with something on their disks, that are to get other disks.</summary>
public abstract class SwapTests(SandboxBackend backend) : ScenarioBase(backend)
{
    protected const string Key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666";

    protected SandboxBackend Sandbox => backend;

    protected SandboxAdmin Admin => backend.Admin;

    protected static string Move(string name) => $"Move-EbsPersistentVolume {name} -DestinationZone {IBackend.ZoneB} -Confirm:$false";

    /// <summary>Everything of zone c, as it is told in the help.</summary>
    protected const string Evacuate = $"Get-EbsPersistentVolume | Where-Object AvailabilityZone -eq {IBackend.ZoneC} | Move-EbsPersistentVolume -DestinationZone {IBackend.ZoneB} -Confirm:$false";

    /// <summary>The same with all moves under way together.</summary>
    protected static string AllAtOnce => $"{Evacuate} -ThrottleLimit 64";

    /// <summary>The steps of an undisturbed move.</summary>
    private protected Task<IReadOnlyList<SwapStep>> StepsOfMoveAsync(Holding holding) => StepsAsync(() => PlantAsync(holding, 1));

    /// <summary>The steps of an undisturbed move of one that is planted so.</summary>
    private protected async Task<IReadOnlyList<SwapStep>> StepsAsync(Func<Task<IReadOnlyList<SwapCell>>> plant)
    {
        var cell = Assert.Single(await plant());
        await Admin.ClearLedgerAsync();
        Session.Run(Move(cell.Name)).WithoutErrors();
        var steps = SwapStep.Of(await Admin.CallsAsync(), cell);
        AssertWhole(steps, "CreateSnapshot", "CreateVolume");
        await Backend.ResetAsync();
        return steps;
    }

    /// <summary>That none is missing of what makes a swap: an empty list would prove nothing.</summary>
    private protected static void AssertWhole(IReadOnlyList<SwapStep> steps, params string[] disks)
    {
        AssertWholeInCluster(steps);
        string[] whole = [.. disks, "CreateTags", "DeleteTags"];
        Assert.Superset(whole.ToHashSet(), steps.Select(step => step.Operation).ToHashSet());
    }

    /// <summary>The same of what is made in the cluster alone.</summary>
    private protected static void AssertWholeInCluster(IReadOnlyList<SwapStep> steps)
    {
        string[] whole = ["patch persistentvolumes", "delete persistentvolumes", "create persistentvolumes"];
        Assert.Superset(whole.ToHashSet(), steps.Select(step => step.Operation).ToHashSet());
    }

    private protected static string Told(string line) => $"{line} | ForEach-Object {{ \"$($_.Name) $($_.Status)\" }}";

    /// <summary>A PersistentVolume for each hold.</summary>
    private protected async Task<SwapMatrix> MatrixAsync(Holding holding, IReadOnlyList<SwapStep> steps, IReadOnlyList<(int Step, string Kind)> holds) =>
        new(Sandbox, steps, holds, await PlantAsync(holding, holds.Count));

    private protected async Task AssertOneUsableAtMostAsync(IReadOnlyList<SwapCell> cells)
    {
        var world = await SwapWorld.ReadAsync(Backend);
        foreach (var cell in cells) Assert.True(world.UsableFor(cell).Count <= 1, string.Join(", ", world.UsableFor(cell)));
    }

    private protected async Task AssertMovedAsync(SwapWorld before, params (Holding Holding, IReadOnlyList<SwapCell> Cells)[] all)
    {
        var proof = await SwapProof.ReadAsync(Sandbox, before);
        proof.AssertNothingElse(all.Sum(one => one.Cells.Count));
        foreach (var (holding, cells) in all)
            foreach (var cell in cells)
                await proof.AssertMovedAsync(cell, holding);
    }

    protected static string Restore(string name, string snapshot) => $"Restore-EbsPersistentVolume {name} -SnapshotId {snapshot} -Confirm:$false";

    /// <summary>What a snapshot of last night holds.</summary>
    private protected static string LastNight(SwapCell cell) => $"last night on {cell.Name}";

    /// <summary>A snapshot of last night for each, as a lifecycle policy makes them.</summary>
    private protected async Task<IReadOnlyList<string>> BackUpAsync(IReadOnlyList<SwapCell> cells)
    {
        var snapshots = new List<string>();
        foreach (var cell in cells) snapshots.Add(await Admin.AddSnapshotAsync(new { volumeId = cell.VolumeId, age = "06:00:00", madeBy = "Dlm", content = Encoding.UTF8.GetBytes(LastNight(cell)) }));
        return snapshots;
    }

    /// <summary>The line that makes and registers so many of a kind.</summary>
    protected static string LineOf(Holding holding, int count)
    {
        var policy = holding == Holding.Bound ? "-ReclaimPolicy Delete -AllowDeletePolicy" : "";
        return $"'{IBackend.ZoneC}' | New-ClusterEbsVolume -SetName {holding.ToString().ToLowerInvariant()} -Size 10 -CountPerZone {count} -Iops 4000 -Throughput 200 -KmsKeyId {Key} -Tag @{{ team = 'web' }} | Register-EbsPersistentVolume {policy}";
    }

    /// <summary>So many of a kind, named after it and numbered from 01 on.</summary>
    private protected async Task<IReadOnlyList<SwapCell>> PlantAsync(Holding holding, int count, string parameters = "")
    {
        var made = Session.Run($"{LineOf(holding, count)} {parameters}").WithoutErrors();
        var cells = made.Output.Select(volume => (Name: ScriptResult.Text(volume, "Name")!, VolumeId: ScriptResult.Text(volume, "VolumeId")!)).ToList();
        foreach (var (name, volumeId) in cells) await Admin.WriteAsync(volumeId, $"written on {name}");
        if (holding == Holding.Available) return [.. cells.Select(cell => new SwapCell(cell.Name, null, null, cell.VolumeId, $"written on {cell.Name}"))];
        foreach (var (name, _) in cells) await Backend.Kube.CreateAsync(KubeHttp.Claims, KubeObjects.Claim($"data-{name}", name));
        var planted = new List<SwapCell>();
        foreach (var (name, volumeId) in cells)
        {
            await PhaseAsync(name, "Bound");
            planted.Add(new SwapCell(name, $"data-{name}", await ClaimUidAsync($"data-{name}"), volumeId, $"written on {name}"));
        }

        if (holding == Holding.Released)
            foreach (var cell in planted)
            {
                await Backend.Kube.DeleteAsync($"{KubeHttp.Claims}/{cell.Claim}");
                await PhaseAsync(cell.Name, "Released");
            }

        return planted;
    }
}
