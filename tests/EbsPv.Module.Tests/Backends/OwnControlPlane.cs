using Xunit;

namespace EbsPv.Module.Tests.Backends;

/// <summary>A control plane for one class of tests, which may disturb it: a worker in one zone, with the driver.</summary>
public sealed class OwnControlPlane : IAsyncLifetime
{
    public ControlPlane Plane { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (ControlPlane.Missing is not null) return;
        Plane = await ControlPlane.StartAsync();
        await Plane.Http.CreateAsync("apis/storage.k8s.io/v1/csidrivers", KubeObjects.CsiDriver(Workers.Csi));
        await KubeObjects.AddNodeAsync(Plane.Http, "node-b", IBackend.ZoneB, "i-0b1c2d3e4f5061728");
    }

    public async ValueTask DisposeAsync()
    {
        if (Plane is not null) await Plane.DisposeAsync();
    }
}
