using EbsPv.Clients.Manifests;
using EbsPv.PersistentVolumes;
using EbsPv.Templates;
using EbsPv.Tests.Core;
using EbsPv.Tests.Support;

namespace EbsPv.Tests.Templates;

/// <summary>Files as templates, and volumes to fill them in with.</summary>
internal static class TemplateHarness
{
    public const string Id = "vol-0123456789abcdef0";

    /// <summary>The templates of a file with that text.</summary>
    public static IReadOnlyList<PersistentVolumeTemplate> Read(string text)
    {
        using var folder = new TemporaryFolder();
        return TemplateReader.Read(new ManifestFiles(), folder.Write("pv.yml", text));
    }

    /// <summary>A document with those lines in its spec.</summary>
    public static string Document(string volumeId, string name = "datos", params string[] spec) =>
        $"apiVersion: v1\nkind: PersistentVolume\nmetadata: {{ name: {name} }}\nspec:\n{string.Concat(spec.Select(line => $"  {line}\n"))}  awsElasticBlockStore: {{ volumeID: {volumeId} }}\n---\n";

    /// <summary>Volumes of 10 GiB, the first in zone b, the second in zone c, and so on.</summary>
    public static IReadOnlyList<VolumeToRegister> Some(int count) => [.. Enumerable.Range(1, count).Select(number => Volume($"vol-{number:x17}", number % 2 == 1 ? Sets.ZoneB : Sets.ZoneC))];

    public static VolumeToRegister Volume(string id = Id, string zone = Sets.ZoneB) => new() { VolumeId = id, Name = $"n-{id}", AvailabilityZone = zone, Size = 10 };
}
