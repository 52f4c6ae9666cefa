using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EbsPv.Swaps;

/// <summary>What a swap is about to do, noted in the cluster before it does anything: whoever finds the note can finish the swap, from any
/// machine.</summary>
public sealed record SwapIntent
{
    /// <summary>The annotation that holds it: on the claim or, where there is none, on the holder of the PersistentVolume's name.</summary>
    public const string Annotation = "ebspv/swap";

    /// <summary>The annotation on a PersistentVolume that says which reclaim policy it had before a swap set Retain.</summary>
    public const string PolicyAnnotation = "ebspv/reclaim-policy";

    /// <summary>Identity of the swap, a UUID: the fence's uid, and the tag of what is made for it.</summary>
    public required string Operation { get; init; }

    /// <summary>Why.</summary>
    public required SwapKind Kind { get; init; }

    /// <summary>Name of the PersistentVolume.</summary>
    public required string PersistentVolume { get; init; }

    /// <summary>Identity of the one that is replaced.</summary>
    public required string PersistentVolumeUid { get; init; }

    /// <summary>The disk that is replaced.</summary>
    public required string VolumeId { get; init; }

    /// <summary>Region of both disks.</summary>
    public required string Region { get; init; }

    /// <summary>Zone of the new disk.</summary>
    public required string DestinationZone { get; init; }

    /// <summary>The snapshot that the new disk is made of; null where one is made of the old disk, or where the disk stays.</summary>
    public string? SnapshotId { get; init; }

    /// <summary>When making a snapshot of the old disk was begun: until a minute later one may exist that EC2 does not show yet.</summary>
    public DateTimeOffset? SnapshotBegun { get; init; }

    /// <summary>The new PersistentVolume as JSON, with the old disk's id where the new one's belongs.</summary>
    public required string Manifest { get; init; }

    /// <summary>Whether a swap is noted.</summary>
    public static bool IsNotedIn(IReadOnlyDictionary<string, string> annotations)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        return annotations.ContainsKey(Annotation);
    }

    /// <summary>The swap that is noted; null when none is, or the note cannot be read.</summary>
    public static SwapIntent? In(IReadOnlyDictionary<string, string> annotations)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        if (!annotations.TryGetValue(Annotation, out var text)) return null;
        try
        {
            return Read(JsonNode.Parse(text)!.AsObject());
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The note's text.</summary>
    public string ToJson()
    {
        var note = new JsonObject
        {
            ["operation"] = Operation,
            ["kind"] = Kind.ToString(),
            ["persistentVolume"] = PersistentVolume,
            ["persistentVolumeUid"] = PersistentVolumeUid,
            ["volumeId"] = VolumeId,
            ["region"] = Region,
            ["destinationZone"] = DestinationZone,
        };
        if (SnapshotId is not null) note["snapshotId"] = SnapshotId;
        if (SnapshotBegun is { } begun) note["snapshotBegun"] = begun.ToString("O", CultureInfo.InvariantCulture);
        note["manifest"] = JsonNode.Parse(Manifest);
        return note.ToJsonString();
    }

    private static SwapIntent Read(JsonObject note) => new()
    {
        Operation = Guid.Parse(Text(note, "operation")).ToString(),
        Kind = Enum.Parse<SwapKind>(Text(note, "kind")),
        PersistentVolume = Text(note, "persistentVolume"),
        PersistentVolumeUid = Text(note, "persistentVolumeUid"),
        VolumeId = Text(note, "volumeId"),
        Region = Text(note, "region"),
        DestinationZone = Text(note, "destinationZone"),
        SnapshotId = note["snapshotId"]?.GetValue<string>(),
        SnapshotBegun = note["snapshotBegun"] is { } begun ? DateTimeOffset.Parse(begun.GetValue<string>(), CultureInfo.InvariantCulture) : null,
        Manifest = note["manifest"]!.AsObject().ToJsonString(),
    };

    private static string Text(JsonObject note, string name) => note[name]!.GetValue<string>();
}
