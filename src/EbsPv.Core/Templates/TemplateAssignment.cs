using System.Globalization;
using System.Text.RegularExpressions;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;

namespace EbsPv.Templates;

/// <summary>
/// Gives each volume its document: <c>REPLACE_ME_n</c> takes the n-th volume, any other placeholder the one at its own place. What could be
/// meant in two ways is refused, since the wrong disk under the right name is the worst that can happen.
/// </summary>
public static partial class TemplateAssignment
{
    /// <summary>The volumes, each with what its document says, in the order of the documents.</summary>
    /// <exception cref="EbsPvException">TemplateCountMismatch, TemplatePlaceholderInvalid, TemplateNameTwice, TemplateZoneMismatch, TemplateTooLarge.</exception>
    public static IReadOnlyList<VolumeToRegister> Assign(IReadOnlyList<PersistentVolumeTemplate> templates, IReadOnlyList<VolumeToRegister> volumes, string path)
    {
        ArgumentNullException.ThrowIfNull(templates);
        ArgumentNullException.ThrowIfNull(volumes);
        var numbers = templates.Select(Number).ToList();
        CheckNumbers(templates, numbers);
        CheckNames(templates);
        if (templates.Count != volumes.Count) throw Uneven(templates.Count, volumes.Count, path);
        CheckRange(templates, numbers);
        return [.. templates.Select((template, place) => Apply(template, volumes[(numbers[place] ?? place + 1) - 1]))];
    }

    /// <summary>A volume with what a document says of it.</summary>
    /// <exception cref="EbsPvException">TemplateZoneMismatch, TemplateTooLarge.</exception>
    public static VolumeToRegister Apply(PersistentVolumeTemplate template, VolumeToRegister volume)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(volume);
        TemplatePlace.Check(template, volume);
        if (template.Capacity is { } capacity && Quantity.Bytes(capacity) > volume.Size * Quantity.GiB)
            throw TemplateErrors.Refused(template.Document, ErrorIds.TemplateTooLarge, $"promises {capacity}, and {volume.VolumeId ?? volume.Name} has {volume.Size}Gi", "Write the volume's size, or give a larger volume.");
        return volume with { Name = template.Name ?? volume.Name, Template = template };
    }

    private static int? Number(PersistentVolumeTemplate template)
    {
        if (template.VolumeId is not { } id) return null;
        if (VolumeIdForm().IsMatch(id))
            throw Refused(template, ErrorIds.TemplatePlaceholderInvalid, $"names the volume {Escaped.Text(id)} already", "Write REPLACE_ME_1 for the first volume; documents with ids are for ConvertTo-EbsPersistentVolumeManifest -Path.");
        if (NearlyVolumeId().IsMatch(id))
            throw Refused(template, ErrorIds.TemplatePlaceholderInvalid, $"has '{Escaped.Text(id)}', which is no volume id (those are written in lower case) and looks too much like one to be a placeholder", "Write REPLACE_ME_1 for the first volume; documents with ids are for ConvertTo-EbsPersistentVolumeManifest -Path.");
        var match = Numbered().Match(id);
        if (!match.Success) return null;
        return int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }

    private static void CheckNumbers(IReadOnlyList<PersistentVolumeTemplate> templates, List<int?> numbers)
    {
        var first = new Dictionary<int, int>();
        for (var place = 0; place < templates.Count; place++)
        {
            if (numbers[place].HasValue != numbers[0].HasValue)
                throw Refused(templates[place], ErrorIds.TemplatePlaceholderInvalid, $"has {Shown(templates[place])}, and the first document has {Shown(templates[0])}", "Number all placeholders in the file (REPLACE_ME_1, REPLACE_ME_2), or none.");
            if (numbers[place] is not { } number) CheckPlainNumbers(templates[place], place + 1);
            else if (!first.TryAdd(number, place))
                throw Refused(templates[place], ErrorIds.TemplatePlaceholderInvalid, $"has {Shown(templates[place])}, which document {first[number] + 1} has too", "Give each document a number of its own.");
        }
    }

    // VOLUME_2, <REPLACE_ME_2> or VOL_2_ID in the first document would take the first volume: who wrote a number meant it.
    private static void CheckPlainNumbers(PersistentVolumeTemplate template, int place)
    {
        var numbers = PlainNumbers().Matches(template.VolumeId ?? "").Select(match => match.Value.TrimStart('0')).ToList();
        if (numbers.Find(number => number != place.ToString(CultureInfo.InvariantCulture)) is not { } other) return;
        throw Refused(
            template,
            ErrorIds.TemplatePlaceholderInvalid,
            $"has {Shown(template)} and stands at place {place}: only placeholders of the form REPLACE_ME_n take the n-th volume, others go by position",
            numbers.Count == 1 && other.Length is > 0 and < 5 ? $"Write REPLACE_ME_{other} where that is meant, or leave the number out." : "Write REPLACE_ME_n where the n-th volume is meant, or leave the numbers out.");
    }

    private static void CheckNames(IReadOnlyList<PersistentVolumeTemplate> templates)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var place = 0; place < templates.Count; place++)
            if (templates[place].Name is { } name && !first.TryAdd(name, place))
                throw Refused(templates[place], ErrorIds.TemplateNameTwice, $"has the name {name}, which document {first[name] + 1} has too", "Give each document a name of its own, or name all of them with -Name.");
    }

    private static void CheckRange(IReadOnlyList<PersistentVolumeTemplate> templates, List<int?> numbers)
    {
        for (var place = 0; place < templates.Count; place++)
            if (numbers[place] is { } number && (number < 1 || number > templates.Count))
                throw Refused(templates[place], ErrorIds.TemplatePlaceholderInvalid, $"has {Shown(templates[place])}, and there {(templates.Count == 1 ? "is 1 volume" : $"are {templates.Count} volumes")}", $"Number the placeholders from 1 to {templates.Count}.");
    }

    private static string Shown(PersistentVolumeTemplate template) => template.VolumeId is { } id ? $"the placeholder '{Escaped.Text(id)}'" : "no placeholder";

    private static EbsPvException Uneven(int documents, int volumes, string path) => new(
        ErrorKind.InvalidInput, ErrorIds.TemplateCountMismatch, $"{Escaped.Text(path)} has {documents} PersistentVolume{(documents == 1 ? "" : "s")}, and {volumes} volume{(volumes == 1 ? "" : "s")} came down the pipeline; nothing was registered.")
    {
        Target = path,
        RecommendedAction = documents == 0 ? "Is that the right file? It has no document." : "Pipe as many volumes as the file has documents: Get-ClusterEbsVolume -SetName manual-ebs shows those there are.",
    };

    private static EbsPvException Refused(PersistentVolumeTemplate template, string errorId, string reason, string action) =>
        TemplateErrors.Refused(template.Document, errorId, $"{reason}; nothing was registered", action);

    [GeneratedRegex("^REPLACE_ME_([0-9]+)\\z")]
    private static partial Regex Numbered();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex PlainNumbers();

    // Whatever a driver would take for an id, right or mistyped.
    [GeneratedRegex("^vol-[0-9a-z]+\\z")]
    private static partial Regex VolumeIdForm();

    [GeneratedRegex("^vol-[0-9a-f]{8,}\\z", RegexOptions.IgnoreCase)]
    private static partial Regex NearlyVolumeId();
}
