namespace EbsPv.PersistentVolumes;

/// <summary>Something that is true of a volume and may be true of many: it is said once, with all of them.</summary>
/// <param name="Id">The warning's id.</param>
/// <param name="Text">What is said, up to how many volumes it is true of.</param>
/// <param name="Subject">This volume.</param>
/// <param name="Action">What to do about it.</param>
public sealed record SharedWarning(string Id, string Text, string Subject, string Action);
