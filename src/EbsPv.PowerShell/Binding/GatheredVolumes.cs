using EbsPv.Errors;
using EbsPv.PersistentVolumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>The volumes of a run that handles them together: what belongs to one among several, or to all of them, can be said only when all
/// are there.</summary>
internal sealed class GatheredVolumes
{
    private readonly List<PipedVolume> _all = [];
    private int _refused;

    /// <summary>Whether nothing came.</summary>
    public bool IsEmpty => _all.Count + _refused == 0;

    /// <summary>The kube context that they carry; null for none.</summary>
    public string? Context => _all.Select(volume => volume.Context).FirstOrDefault(context => context is not null);

    public void Add(PipedVolume volume) => _all.Add(volume);

    /// <summary>One came that could not be taken.</summary>
    public void Refuse() => _refused++;

    /// <summary>The volumes, all of one cluster, those of a set in the order of their slots.</summary>
    /// <param name="contextTyped">Whether the user typed the context, which then goes for all of them.</param>
    /// <exception cref="EbsPvException">InputNotVolume, when one was refused: a missing one would move all that follow; MixedCluster.</exception>
    public IReadOnlyList<VolumeToRegister> Together(bool contextTyped)
    {
        if (_refused > 0)
            throw EbsPvException.Input(
                ErrorIds.InputNotVolume,
                $"{_refused} of the volumes could not be taken (see the errors above), and volumes are matched with documents, claims or zones all together; nothing was registered.",
                null,
                "Mend or leave out what the errors name, and run the line again.");
        var cluster = _all.Select(volume => volume.Volume.ClusterName).FirstOrDefault(name => name is not null);
        var context = contextTyped ? null : Context;
        foreach (var volume in _all) volume.CheckSame(cluster, context, "; nothing was registered");
        return SlotOrder.Of(_all.ConvertAll(volume => volume.Volume), volume => volume);
    }
}
