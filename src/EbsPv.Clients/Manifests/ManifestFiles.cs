using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;
using k8s.Models;
using YamlDotNet.Core;

namespace EbsPv.Clients.Manifests;

/// <summary>Manifests in files of this machine.</summary>
internal sealed class ManifestFiles : IManifests
{
    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public IReadOnlyList<ManifestDocument> Read(string path)
    {
        if (Directory.Exists(path))
            throw EbsPvException.Input(ErrorIds.PathIsDirectory, $"{Escaped.Text(path)} is a directory, not a manifest.", path, "Name the file in it.");
        if (!File.Exists(path))
            throw EbsPvException.Input(ErrorIds.ManifestNotFound, $"There is no file {Escaped.Text(path)}.", path, "Check the path; it counts from the current location.");
        try
        {
            using var file = File.OpenRead(path);
            using var reader = new ManifestReader(file, path);
            return Read(reader, path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, $"it cannot be read ({Sentence(unreadable.Message)})", unreadable);
        }
    }

    internal static IReadOnlyList<ManifestDocument> Read(ManifestReader reader, string path)
    {
        try
        {
            return [.. reader.Documents()];
        }
        catch (YamlException wrong)
        {
            throw Invalid(path, $"it is no YAML that can be taken at line {wrong.Start.Line}: {Sentence(wrong.Message)}", wrong);
        }
        catch (DecoderFallbackException wrong)
        {
            throw Invalid(path, "it is not in UTF-8", wrong);
        }
    }

    public void CheckPersistentVolume(ManifestDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            JsonSerializer.Deserialize<V1PersistentVolume>(document.Json, Strict);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException or OverflowException or NotSupportedException or ArgumentException)
        {
            throw new EbsPvException(
                ErrorKind.InvalidInput, ErrorIds.ManifestInvalid, $"{document} is no PersistentVolume that Kubernetes takes: {Escaped.Text(Reason(wrong))}.", wrong)
            {
                Target = document.Path,
                RecommendedAction = "kubectl explain persistentvolume --recursive shows the fields.",
            };
        }
    }

    public string ToYaml(string json) => ManifestWriter.ToYaml(json);

    // The library's own words name .NET types: what helps is where it is.
    private static string Reason(Exception wrong)
    {
        if (wrong is ArgumentException) return "an amount is not written as Kubernetes writes it (10Gi, not 10GB)";
        if (wrong is not JsonException { Path: { } place } json) return "a value is of the wrong kind";
        var unknown = json.Message.Contains("could not be mapped", StringComparison.Ordinal);
        return unknown ? $"there is no field {place.TrimStart('$').TrimStart('.')}" : $"the value of {place.TrimStart('$').TrimStart('.')} is of the wrong kind (without quotes, yes, no, on, off, y and n are booleans in YAML)";
    }

    // Others end their sentences with a stop of their own.
    private static string Sentence(string text) => Escaped.Text(text.TrimEnd('.', ' '));

    private static EbsPvException Invalid(string path, string reason, Exception cause) => new(
        ErrorKind.InvalidInput, ErrorIds.ManifestInvalid, $"The manifest {Escaped.Text(path)} cannot be used: {reason}.", cause)
    {
        Target = path,
        RecommendedAction = "kubectl create --dry-run=client -f with the file tells more.",
    };
}
