using EbsPv.Errors;

namespace EbsPv.PowerShell.Binding;

/// <summary>The one cluster, region and context of what comes down a pipeline.</summary>
internal sealed class OneOrigin
{
    private VolumeOrigin _origin = new(null, null, null);

    public string? Region => _origin.Region;

    public string? ClusterName => _origin.ClusterName;

    public string? Context => _origin.Context;

    /// <summary>Takes what an object says, and refuses one of another cluster, region or context than those before it.</summary>
    public void Take(string what, VolumeOrigin origin)
    {
        Check(ClusterName, origin.ClusterName, "cluster", what);
        Check(Region, origin.Region, "region", what);
        Check(Context, origin.Context, "kube context", what);
        _origin = new VolumeOrigin(Region ?? origin.Region, ClusterName ?? origin.ClusterName, Context ?? origin.Context);
    }

    private static void Check(string? before, string? now, string kind, string what)
    {
        if (before is null || now is null || before == now) return;
        throw EbsPvException.Input(
            ErrorIds.MixedCluster,
            $"{what} is of another {kind} ({Defaults.Escaped.Text(now)}) than what came before it ({Defaults.Escaped.Text(before)}), and is left out.",
            what,
            $"Run the line once for each {kind}.");
    }
}
