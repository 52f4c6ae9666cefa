using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Removal;

namespace EbsPv.PowerShell.Binding;

/// <summary>The volumes of one run: each once, all of the region, cluster and context of the first.</summary>
internal sealed class RemovalCollector
{
    private readonly List<VolumeToRemove> _volumes = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private PipedRemoval? _first;

    public IReadOnlyList<VolumeToRemove> Volumes => _volumes;

    public string? Region => _first?.Region;

    public string? ClusterName => _first?.ClusterName;

    public string? Context => _first?.Context;

    public void Add(PipedRemoval input)
    {
        if (_first is null && input.ClusterName is not null) _ = ClusterNames.Checked(input.ClusterName);
        _first ??= input;
        Compare("region", input, input.Region, _first.Region);
        Compare("cluster", input, input.ClusterName, _first.ClusterName);
        Compare("kube context", input, input.Context, _first.Context);
        _volumes.AddRange(input.Volumes.Where(volume => _ids.Add(volume.VolumeId)));
    }

    // What names neither goes with the first; its tags are read anyway.
    private static void Compare(string what, PipedRemoval input, string? given, string? first)
    {
        if (given is null || given == first) return;
        throw EbsPvException.Input(
            ErrorIds.MixedCluster,
            $"The volume {input.Volumes[0].VolumeId} is of the {what} '{Escaped.Text(given)}', and this pipeline began with '{Escaped.Text(first ?? "none")}'.",
            input.Volumes[0].VolumeId,
            $"Run the line once for each {what}.");
    }
}
