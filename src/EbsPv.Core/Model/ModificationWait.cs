namespace EbsPv;

/// <summary>How far a change of a volume has to be before it counts as done.</summary>
/// <remarks>Source: "Monitor the progress of volume modifications" of the EBS guide.</remarks>
public enum ModificationWait
{
    /// <summary>The volume has its new size, and its performance lies between the old and the new one. <c>completed</c> counts, too.</summary>
    Optimizing,

    /// <summary>EC2 has moved all data, which can take hours; it takes no further change of the volume before.</summary>
    Completed,

    /// <summary>EC2 has accepted the change.</summary>
    None,
}
