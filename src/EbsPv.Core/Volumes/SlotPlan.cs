namespace EbsPv.Volumes;

/// <summary>One wanted member of a set: there already, or to be made.</summary>
/// <param name="Slot">Zone and number, as in <c>eu-west-1b/1</c>.</param>
/// <param name="Zone">Where it is wanted.</param>
/// <param name="Name">Its name, or the one that it will get.</param>
/// <param name="Existing">The member that is there; null when it is missing.</param>
public sealed record SlotPlan(string Slot, ZoneTarget Zone, string Name, ClusterEbsVolume? Existing);
