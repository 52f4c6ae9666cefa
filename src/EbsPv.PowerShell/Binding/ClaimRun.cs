using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumeClaims;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;

namespace EbsPv.PowerShell.Binding;

/// <summary>One run of New-EbsPersistentVolumeClaim: one cluster, whose PersistentVolumes are read once, and again when ones come that were
/// registered since; and a maker for each namespace.</summary>
internal sealed class ClaimRun(ICluster cluster, IReadOnlyList<EbsPersistentVolume> all, ClaimOptions options) : IAsyncDisposable
{
    // Of many that are gone not each is worth another list.
    private const int MaxReadInVain = 3;

    private readonly Dictionary<string, ClaimMaker> _makers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly WarningTally _tally = new();
    private IReadOnlyList<EbsPersistentVolume> _all = all;
    private int _readInVain;

    public string Context => cluster.Context;

    public static async Task<ClaimRun> BeginAsync(ICluster cluster, ClaimOptions options, CancellationToken cancellationToken) =>
        new(cluster, (await ClusterLists.PersistentVolumesAsync(cluster, cancellationToken)).All, options);

    /// <summary>The PersistentVolume as the cluster has it, or as it is planned; null when the list does not show it.</summary>
    public EbsPersistentVolume? Find(ClaimInput input) => input.Planned ?? PersistentVolumeLookup.Find(input.Wanted, _all, Context);

    /// <summary>Looks once more for one that the list does not show: Register-EbsPersistentVolume, before it in the pipeline, may have posted it since.</summary>
    /// <exception cref="EbsPvException">PersistentVolumeNotFound.</exception>
    public async Task<EbsPersistentVolume> ReadAgainAsync(ClaimInput input, CancellationToken cancellationToken)
    {
        // What has no uid was not read from the cluster in this pipeline.
        if (input.Wanted.Uid is null || _readInVain == MaxReadInVain) throw NotFound(input);
        (_all, _) = await ClusterLists.PersistentVolumesAsync(cluster, cancellationToken);
        if (Find(input) is not { } found)
        {
            _readInVain++;
            throw NotFound(input);
        }

        _readInVain = 0;
        return found;
    }

    /// <summary>Whether it came for the first time.</summary>
    public bool Take(EbsPersistentVolume volume) => _taken.Add(volume.Name);

    /// <summary>Notes what is said of several claims at once, after the last of them.</summary>
    public void Note(SharedWarning warning) => _tally.Note(warning);

    /// <summary>What was noted.</summary>
    public IEnumerable<string> SharedWarnings() => _tally.Texts();

    public async Task<ClaimMaker> MakerAsync(string ns, CancellationToken cancellationToken)
    {
        if (!_makers.TryGetValue(ns, out var maker)) _makers.Add(ns, maker = await ClaimMaker.BeginAsync(cluster, ns, options, cancellationToken));
        return maker;
    }

    /// <summary>Refuses an object of another context than the first one's.</summary>
    public void CheckContext(ClaimInput input)
    {
        if (input.Context is null || input.Context == Context) return;
        throw EbsPvException.Input(
            ErrorIds.MixedCluster,
            $"{input.Wanted} is of the kube context '{Escaped.Text(input.Context)}', and this pipeline began with '{Escaped.Text(Context)}', whose PersistentVolumes go on.",
            input.Wanted.ToString(),
            "Run the line once for each cluster.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var maker in _makers.Values) await maker.DisposeAsync();
    }

    /// <summary>A claim that is yet to be posted, as -WhatIf shows it.</summary>
    public static EbsPersistentVolumeClaim Planned(PersistentVolumeClaimSpec spec, string context) => new()
    {
        Namespace = spec.Namespace,
        Name = spec.Name,
        Status = "planned",
        VolumeName = spec.VolumeName,
        Request = spec.Request,
        AccessModes = spec.AccessModes,
        StorageClassName = spec.StorageClassName,
        VolumeMode = spec.VolumeMode,
        Context = context,
    };

    private EbsPvException NotFound(ClaimInput input) => new(
        ErrorKind.NotFound, ErrorIds.PersistentVolumeNotFound, $"{input.Wanted} has no PersistentVolume in the cluster behind the kube context '{Escaped.Text(Context)}'.")
    {
        Target = input.Wanted.ToString(),
        RecommendedAction = $"Register the volume first: Get-ClusterEbsVolume -VolumeId {input.Wanted.VolumeId} | Register-EbsPersistentVolume.",
    };
}
