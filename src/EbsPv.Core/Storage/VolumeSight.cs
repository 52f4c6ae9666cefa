namespace EbsPv.Storage;

/// <summary>What EC2 says of a volume.</summary>
public enum VolumeSight
{
    /// <summary>It is there.</summary>
    Seen,

    /// <summary>It was asked for, and is not there, or is being deleted.</summary>
    Gone,

    /// <summary>It was not asked for, or is not ours to speak of: of another region, the control plane's or a node's own.</summary>
    Unknown,
}
