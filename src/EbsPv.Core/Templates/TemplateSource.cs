using System.Text.Json.Nodes;
using EbsPv.PersistentVolumes;

namespace EbsPv.Templates;

/// <summary>The source of a template: what it says of the volume's use is carried over into whatever source is written.</summary>
internal sealed record TemplateSource(VolumeSource Kind, string? VolumeId, string? FileSystemType, int? Partition, bool? ReadOnly)
{
    /// <summary>No source at all.</summary>
    public static TemplateSource None { get; } = new(VolumeSource.Auto, null, null, null, null);

    /// <summary>Attributes for the driver.</summary>
    public IReadOnlyDictionary<string, string> VolumeAttributes { get; private init; } = new Dictionary<string, string>();

    /// <summary>The zone in an in-tree id; none or one.</summary>
    public IReadOnlyList<string> Zone { get; private init; } = [];

    // vol-…, aws://zone/vol-… and aws:///vol-…: the last part is the volume.
    public static TemplateSource InTree(JsonObject source)
    {
        var parts = ((string?)source["volumeID"] ?? "").Split('/');
        return new TemplateSource(VolumeSource.InTree, NullIfEmpty(parts[^1].Trim()), FileSystem(source), (int?)source["partition"], (bool?)source["readOnly"])
        {
            Zone = parts.Length == 4 && parts[0] == "aws:" && parts[2].Length > 0 ? [parts[2]] : [],
        };
    }

    public static TemplateSource Csi(JsonObject source, string driver) => new(
        driver == EbsDrivers.AutoMode ? VolumeSource.EksAutoMode : VolumeSource.Csi,
        NullIfEmpty(((string?)source["volumeHandle"])?.Trim()),
        FileSystem(source),
        null,
        (bool?)source["readOnly"])
    {
        VolumeAttributes = (source["volumeAttributes"] as JsonObject)?.ToDictionary(pair => pair.Key, pair => (string?)pair.Value ?? "") ?? [],
    };

    private static string? FileSystem(JsonObject source) => MountRules.CheckedFileSystem(NullIfEmpty((string?)source["fsType"]));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
