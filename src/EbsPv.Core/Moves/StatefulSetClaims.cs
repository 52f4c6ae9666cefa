using System.Text.RegularExpressions;
using EbsPv.Ports;

namespace EbsPv.Moves;

/// <summary>The claims that a StatefulSet makes for its pods: scaled down, one that deletes its claims deletes those of all pods that go.</summary>
internal static class StatefulSetClaims
{
    /// <summary>Whether the StatefulSet made the claim, by its name.</summary>
    public static bool IsOf(Workload workload, string ns, string claim) => workload.Namespace == ns && workload.ClaimTemplates.Any(template =>
    {
        var prefix = $"{template.Name}-{workload.Name}-";
        return claim.StartsWith(prefix, StringComparison.Ordinal) && claim.Length > prefix.Length && claim[prefix.Length..].All(char.IsAsciiDigit);
    });

    /// <summary>Its PersistentVolumes.</summary>
    public static IEnumerable<EbsPersistentVolume> VolumesOf(Workload workload, IEnumerable<EbsPersistentVolume> all) =>
        all.Where(volume => volume.Claim?.Split('/') is [var ns, var claim] && IsOf(workload, ns, claim));

    /// <summary>The line that sets Retain for all of its PersistentVolumes, and changes those alone whose policy is another.</summary>
    public static string Prepare(Workload workload)
    {
        var templates = string.Join('|', workload.ClaimTemplates.Select(template => Regex.Escape(template.Name)));
        return $"Get-EbsPersistentVolume | Where-Object Claim -match '^{Regex.Escape(workload.Namespace)}/({templates})-{Regex.Escape(workload.Name)}-\\d+$' | Move-EbsPersistentVolume -PrepareOnly";
    }
}
