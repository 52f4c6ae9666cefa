using EbsPv.Sandbox.Ec2.Model;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Ec2;

/// <summary>The admin routes below /_sandbox/ec2.</summary>
public sealed class Ec2Admin(Ec2State state)
{
    private readonly ContentAdmin _contents = new(state);

    public Task HandleAsync(HttpContext context, PathString rest)
    {
        if (ContentAdmin.Serves(rest)) return _contents.HandleAsync(context, rest);
        if (rest.StartsWithSegments("/volumes", out var id) && id.Value is ['/', .. var volumeId] && context.Request.Method == "POST")
            return ChangeVolumeAsync(context, volumeId);
        return $"{context.Request.Method} {rest}" switch
        {
            "GET /settings" => AdminJson.WriteAsync(context, state.Settings),
            "POST /settings" => SetSettingsAsync(context),
            "GET /instances" => AdminJson.WriteAsync(context, state.Instances),
            "POST /instances" => AddInstancesAsync(context),
            "GET /volumes" => AdminJson.WriteAsync(context, state.Volumes.Select(Show)),
            "POST /volumes" => AddVolumesAsync(context),
            "GET /snapshots" => AdminJson.WriteAsync(context, state.Snapshots.Of(KopsCluster.Region).Select(Show)),
            "POST /snapshots" => AddSnapshotsAsync(context),
            _ => NotFoundAsync(context),
        };
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task SetSettingsAsync(HttpContext context)
    {
        state.Settings = await AdminJson.MergeAsync(context, state.Settings);
        await AdminJson.WriteAsync(context, state.Settings);
    }

    private async Task AddInstancesAsync(HttpContext context)
    {
        var seeds = await AdminJson.ReadManyAsync<InstanceSeed>(context);
        var ids = seeds.SelectMany(seed => seed.Instances(state.Clock.GetUtcNow()))
            .Select(state.AddInstance).Select(instance => instance.InstanceId).ToArray();
        await AdminJson.WriteAsync(context, ids);
    }

    private async Task AddVolumesAsync(HttpContext context)
    {
        var seeds = await AdminJson.ReadManyAsync<VolumeSeed>(context);
        var ids = seeds.SelectMany(seed => seed.Volumes(state.Clock.GetUtcNow()))
            .Select(state.AddVolume).Select(volume => volume.VolumeId).ToArray();
        await AdminJson.WriteAsync(context, ids);
    }

    private async Task AddSnapshotsAsync(HttpContext context)
    {
        var seeds = await AdminJson.ReadManyAsync<SnapshotSeed>(context);
        var snapshots = seeds.Select(seed => seed.Snapshot(state.FindVolume(seed.VolumeId), state.Clock.GetUtcNow())).ToArray();
        foreach (var snapshot in snapshots) state.AddSnapshot(snapshot);
        await AdminJson.WriteAsync(context, snapshots.Select(snapshot => snapshot.SnapshotId));
    }

    private async Task ChangeVolumeAsync(HttpContext context, string volumeId)
    {
        var change = await AdminJson.ReadAsync<VolumeChange>(context);
        var volume = state.Change(volumeId, volume => change.Apply(volume, state.Clock.GetUtcNow()));
        await AdminJson.WriteAsync(context, Show(volume));
    }

    private object Show(EbsVolume volume)
    {
        var now = state.Clock.GetUtcNow();
        return new { volume = volume.At(now), state = volume.StateAt(now) };
    }

    private object Show(EbsSnapshot snapshot) => new { snapshot, state = snapshot.StatusAt(state.Clock.GetUtcNow()) };
}
