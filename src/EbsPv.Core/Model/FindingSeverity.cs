namespace EbsPv;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Information,

    /// <summary>Something will go wrong some day, or costs for nothing.</summary>
    Warning,

    /// <summary>Pods cannot use their data, or data is in danger.</summary>
    Error,
}
