using System.Globalization;
using EbsPv.PersistentVolumes;
using EbsPv.Storage;
using EbsPv.Swaps;

namespace EbsPv.Audit;

/// <summary>Puts findings together: what they are about comes from the item, the words from the rule.</summary>
internal static class Findings
{
    public static EbsPersistentVolumeFinding OfVolume(
        AuditFacts facts, StorageItem item, FindingSeverity severity, string code, string message, string recommendation) => new()
        {
            Severity = severity,
            Code = code,
            Target = item.VolumeId!,
            Message = message,
            Recommendation = recommendation,
            VolumeId = item.VolumeId,
            PersistentVolume = item.Registrations is [var one, ..] ? one.PersistentVolume.Name : null,
            PersistentVolumeUid = item.Registrations is [var first, ..] ? first.PersistentVolume.Uid : null,
            Claim = item.Registrations is [var registered, ..] ? registered.PersistentVolume.Claim : null,
            AvailabilityZone = item.Volume?.AvailabilityZone,
            Region = facts.Region,
            ClusterName = facts.ClusterName,
            Context = facts.Context,
        };

    public static EbsPersistentVolumeFinding OfPersistentVolume(
        AuditFacts facts, StorageItem item, RegisteredVolume registered, FindingSeverity severity, string code, string message, string recommendation) =>
        OfVolume(facts, item with { Registrations = [registered] }, severity, code, message, recommendation) with
        {
            Target = registered.PersistentVolume.Name,
            AvailabilityZone = item.Volume?.AvailabilityZone ?? registered.PersistentVolume.AvailabilityZone,
        };

    public static EbsPersistentVolumeFinding OfClaim(
        AuditFacts facts, EbsPersistentVolumeClaim claim, FindingSeverity severity, string code, string message, string recommendation) => new()
        {
            Severity = severity,
            Code = code,
            Target = claim.ToString(),
            Message = message,
            Recommendation = recommendation,
            PersistentVolume = claim.VolumeName,
            Claim = claim.ToString(),
            Region = facts.Region,
            ClusterName = facts.ClusterName,
            Context = facts.Context,
        };

    /// <summary>The claim beside a PersistentVolume's name, where it has one.</summary>
    public static string Named(RegisteredVolume registered) => SwapHolder.WithoutFence(ClaimReference.Of(registered.PersistentVolume)) is { } claim
        ? $"the PersistentVolume {registered.PersistentVolume.Name} (claim {Defaults.Escaped.Text(claim.ToString())})"
        : $"the PersistentVolume {registered.PersistentVolume.Name}";

    /// <summary>An age in words.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => Count(age.TotalDays, "days"),
        { TotalHours: >= 2 } => Count(age.TotalHours, "hours"),
        { TotalMinutes: >= 2 } => Count(age.TotalMinutes, "minutes"),
        _ => "moments",
    };

    private static string Count(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number):0} {unit}");
}
