namespace EbsPv.Module.Tests.Backends;

/// <summary>What a backend can do of that which EC2 and Kubernetes do; a scenario says what it needs.</summary>
[Flags]
public enum Ability
{
    None = 0,

    /// <summary>The same ClientToken gives the same volume.</summary>
    ClientToken = 1,

    /// <summary>Long answers come in pages.</summary>
    Paging = 2,

    /// <summary>Too many calls are refused.</summary>
    Throttling = 4,

    /// <summary>Parameters that EC2 refuses are refused.</summary>
    StrictParameters = 8,

    /// <summary>A new volume is creating before it is available.</summary>
    CreatingState = 16,

    /// <summary>A changed volume gets the performance that EC2 chooses, and is optimizing before its change is completed.</summary>
    Modifications = 32,

    /// <summary>The blocks of a snapshot are loaded at a rate.</summary>
    InitializationRate = 64,

    /// <summary>A filter's value may say that a star is a star.</summary>
    EscapedFilters = 128,

    /// <summary>Kubernetes as it is since 1.31: ReadWriteOncePod, VolumeAttributesClasses, first ordinals of StatefulSets.</summary>
    ModernKubernetes = 256,

    /// <summary>A snapshot may be seeded that was made long ago.</summary>
    PastSnapshots = 512,

    All = ClientToken | Paging | Throttling | StrictParameters | CreatingState | Modifications | InitializationRate | EscapedFilters | ModernKubernetes | PastSnapshots,
}
