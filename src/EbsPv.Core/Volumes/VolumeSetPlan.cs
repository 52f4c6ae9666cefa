namespace EbsPv.Volumes;

/// <summary>What a request comes to: its slots in order.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Slots">The wanted slots, zone by zone.</param>
/// <param name="Warnings">What the user should know before anything is made.</param>
public sealed record VolumeSetPlan(VolumeSetRequest Request, IReadOnlyList<SlotPlan> Slots, IReadOnlyList<string> Warnings);
