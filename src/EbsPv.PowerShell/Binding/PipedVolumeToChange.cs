using System.Collections;
using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>Reads volumes that came down the pipeline to be changed: of ours, of AWS.Tools or of Import-Clixml. The properties count, not
/// the type.</summary>
internal static class PipedVolumeToChange
{
    /// <summary>The volumes that a record names, with what it says of them.</summary>
    public static IReadOnlyList<VolumeToChange> Read(PSObject? input, string[]? volumeIds, VolumeOrigin origin, bool isPiped)
    {
        if (isPiped && input is null)
            throw EbsPvException.Input(ErrorIds.InputNull, "$null came down the pipeline where a volume belongs.", null, "Pipe volumes in, as in Get-ClusterEbsVolume | Set-ClusterEbsVolume -Size 20.");
        if (isPiped) PipedKind.RefuseSnapshot(input, "Get-ClusterEbsVolume | Set-ClusterEbsVolume -Size 20");
        if (isPiped && input!.BaseObject is string text) return [VolumeToChange.Of(VolumeIdRule.Checked(text))];
        var ids = (volumeIds ?? []).Where(id => !string.IsNullOrEmpty(id)).Select(VolumeIdRule.Checked).ToList();
        if (!isPiped) return [.. ids.Select(VolumeToChange.Of)];
        var volume = Of(ids.FirstOrDefault(), input!, origin);
        if (volume.VolumeId is null && volume.Known is not { State: "planned" })
            throw EbsPvException.Input(
                ErrorIds.InputNotVolume, $"'{Escaped.Text(input!.ToString())}' has no VolumeId, and a volume belongs here.", input.ToString(), "Pipe volumes of Get-ClusterEbsVolume, or their ids.");
        return [volume];
    }

    private static VolumeToChange Of(string? volumeId, PSObject input, VolumeOrigin origin)
    {
        if (input.BaseObject is ClusterEbsVolume own) return new VolumeToChange(volumeId, own, HasTags: true);
        var tags = Tags(input);
        var known = new ClusterEbsVolume
        {
            VolumeId = volumeId,
            Name = Text(input, "Name"),
            AvailabilityZone = Text(input, "AvailabilityZone") ?? string.Empty,
            Region = origin.Region ?? string.Empty,
            ClusterName = origin.ClusterName,
            Context = origin.Context,
            Size = Number(input, "Size") ?? 0,
            VolumeType = Text(input, "VolumeType"),
            Iops = Number(input, "Iops"),
            Throughput = Number(input, "Throughput"),
            State = Text(input, "State") ?? "unknown",
            Tags = TagTransformAttribute.ToTags(tags),
            InstanceId = Texts(input, "InstanceId"),
            Adopted = Value(input, "Adopted") is true,
        };
        return new VolumeToChange(volumeId, known.VolumeType is null || known.Size == 0 ? null : known, tags is not null);
    }

    private static IDictionary? Tags(PSObject input) =>
        Value(input, "Tags") is { } tags ? new TagTransformAttribute().Transform(null!, tags) as IDictionary : null;

    private static string? Text(PSObject input, string name) => Value(input, name)?.ToString() is { Length: > 0 } text ? text : null;

    private static int? Number(PSObject input, string name) =>
        Value(input, name) is { } value && LanguagePrimitives.TryConvertTo<int>(value, out var number) ? number : null;

    private static string[] Texts(PSObject input, string name) =>
        Value(input, name) is { } value && LanguagePrimitives.TryConvertTo<string[]>(value, out var texts) ? texts : [];

    private static object? Value(PSObject input, string name) => input.Properties[name]?.Value;
}
