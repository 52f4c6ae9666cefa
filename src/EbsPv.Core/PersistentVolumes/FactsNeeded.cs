namespace EbsPv.PersistentVolumes;

/// <summary>What a run has to know of the cluster: each costs a call or two.</summary>
/// <param name="Nodes">The nodes: whose cluster it is, and where pods can run.</param>
/// <param name="Drivers">The drivers, and where they are at work.</param>
/// <param name="Version">The server's version.</param>
/// <param name="StorageClasses">Names of the classes that are to be looked at.</param>
public sealed record FactsNeeded(bool Nodes, bool Drivers, bool Version, IReadOnlyCollection<string> StorageClasses)
{
    /// <summary>Whether the run can do nothing without knowing the classes, since it is to make them.</summary>
    public bool MakesClasses { get; init; }
}
