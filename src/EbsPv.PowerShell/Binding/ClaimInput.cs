using EbsPv.PersistentVolumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>A PersistentVolume that is to be claimed, as it came.</summary>
/// <param name="Wanted">Which one.</param>
/// <param name="Planned">The one that -WhatIf made; null for those that exist.</param>
/// <param name="Context">The kube context that it carries.</param>
/// <param name="ClaimName">The claim's name; null for the one that goes by the PersistentVolume.</param>
internal sealed record ClaimInput(WantedPersistentVolume Wanted, EbsPersistentVolume? Planned, string? Context, string? ClaimName);
