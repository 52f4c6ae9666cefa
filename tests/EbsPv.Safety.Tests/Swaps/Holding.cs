namespace EbsPv.Safety.Tests.Swaps;

/// <summary>Who has a PersistentVolume.</summary>
public enum Holding
{
    /// <summary>A claim; its policy is Delete, which a swap changes and brings back.</summary>
    Bound,

    /// <summary>Nobody.</summary>
    Available,

    /// <summary>A claim that is gone.</summary>
    Released,
}
