using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>A volume as it came down the pipeline, and the context that it carries.</summary>
internal sealed record PipedVolume(VolumeToRegister Volume, string? Context)
{
    public static PipedVolume Read(RegistrationCommand from)
    {
        var input = from.MyInvocation.ExpectingInput ? from.InputObject : null;
        if (from.MyInvocation.ExpectingInput && input is null)
            throw EbsPvException.Input(ErrorIds.InputNull, "$null came down the pipeline where a volume belongs.", null, $"Pipe volumes in, as in Get-ClusterEbsVolume | {from.MyInvocation.MyCommand.Name}.");
        PipedKind.RefuseSnapshot(input, $"Get-ClusterEbsVolume | {from.MyInvocation.MyCommand.Name}");
        var state = Text(input, "State");
        var planned = state == "planned";
        var volumeId = IdOf(from, input);
        if (volumeId is null && !planned) throw NotAVolume(from, input, "it has no VolumeId");
        if (string.IsNullOrEmpty(from.AvailabilityZone) || string.IsNullOrEmpty(from.Size)) throw NotAVolume(from, input ?? volumeId, "its zone and size are not known", volumeId);
        CheckRegion(from.AvailabilityZone, from.Region);
        var tags = from.Tags is null ? null : TagTransformAttribute.ToTags(from.Tags);
        return new PipedVolume(
            new VolumeToRegister
            {
                VolumeId = volumeId,
                Name = NameOf(from, tags) ?? volumeId!,
                AvailabilityZone = from.AvailabilityZone,
                Size = VolumeSize.Parse(from.Size),
                State = state,
                VolumeType = Text(input, "VolumeType"),
                MultiAttachEnabled = bool.TryParse(Text(input, "MultiAttachEnabled"), out var multiAttach) ? multiAttach : null,
                Tags = tags,
                IsRetired = Text(input, "Retired") == "True",
                IsSwapping = Text(input, "SwapUnderWay") == "True",
                ClusterName = string.IsNullOrEmpty(from.ClusterName) ? null : from.ClusterName,
                InstanceId = from.InstanceId ?? [],
            },
            string.IsNullOrEmpty(from.Context) ? null : from.Context);
    }

    /// <summary>Refuses a volume of another cluster than the first one's, or with another kube context.</summary>
    /// <param name="cluster">The first one's cluster; null when it is not known.</param>
    /// <param name="context">The kube context that the run has; null when any will do.</param>
    /// <param name="others">What becomes of the other volumes, for the error.</param>
    public void CheckSame(string? cluster, string? context, string others)
    {
        if (Volume.ClusterName is { } given && cluster is not null && given != cluster) throw Mixed("cluster", given, cluster, others);
        if (Context is { } other && context is not null && other != context) throw Mixed("kube context", other, context, others);
    }

    public static EbsPvException OnlyPlanned(string name, string action = "Run New-ClusterEbsVolume without -WhatIf first, or add -WhatIf here too.") => new(
        ErrorKind.InvalidState, ErrorIds.VolumePlanned, $"The volume '{Escaped.Text(name)}' is only planned (-WhatIf made it); there is nothing to register yet.")
    {
        Target = name,
        RecommendedAction = action,
    };

    private static string? Text(PSObject? input, string property) => input?.Properties[property]?.Value?.ToString();

    private static void CheckRegion(string zone, string? given)
    {
        var region = ZoneName.RegionOf(zone);
        if (!string.IsNullOrEmpty(given) && given != region)
            throw EbsPvException.Input(
                ErrorIds.ZoneOutsideRegion, $"The zone {zone} is in {region}, not in {Escaped.Text(given)}.", zone, "Leave -Region out: the zone says where the volume is.");
    }

    // EC2 keeps a volume's name in its tag Name: an object of AWS.Tools has no property for it.
    private static string? NameOf(RegistrationCommand from, IReadOnlyDictionary<string, string>? tags)
    {
        if (!string.IsNullOrEmpty(from.Name)) return from.Name;
        return tags?.GetValueOrDefault(VolumeTags.Name) is { Length: > 0 } name ? name : null;
    }

    private EbsPvException Mixed(string what, string given, string began, string others) => EbsPvException.Input(
        ErrorIds.MixedCluster,
        $"The volume {Volume.VolumeId ?? Volume.Name} belongs to the {what} '{Escaped.Text(given)}', and this pipeline began with '{Escaped.Text(began)}'{others}.",
        Volume.VolumeId,
        "Run the line once for each cluster.");

    // A piped text is an id; an object's id comes by its property.
    private static string? IdOf(RegistrationCommand from, PSObject? input)
    {
        var id = input?.BaseObject is string text ? text : from.VolumeId;
        return string.IsNullOrEmpty(id) ? null : VolumeIdRule.Checked(id);
    }

    private static EbsPvException NotAVolume(RegistrationCommand from, object? input, string reason, string? volumeId = null) => EbsPvException.Input(
        ErrorIds.InputNotVolume,
        input is null ? "No volume was given." : $"'{Escaped.Text(input.ToString())}' is no volume that can be taken: {reason}.",
        input?.ToString(),
        $"Pipe volumes in: Get-ClusterEbsVolume -VolumeId {volumeId ?? "vol-…"} | {from.MyInvocation.MyCommand.Name}{(volumeId is null ? "" : ", or give -AvailabilityZone and -Size")}.");
}
