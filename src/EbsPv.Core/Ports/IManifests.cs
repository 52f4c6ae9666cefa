namespace EbsPv.Ports;

/// <summary>Manifest files, as kubectl takes them.</summary>
public interface IManifests
{
    /// <summary>The documents of a YAML or JSON file; empty ones do not count.</summary>
    /// <exception cref="Errors.EbsPvException">ManifestNotFound, PathIsDirectory, ManifestInvalid.</exception>
    IReadOnlyList<ManifestDocument> Read(string path);

    /// <summary>Refuses fields that a PersistentVolume does not have, and values of another kind, as a strict server does.</summary>
    /// <exception cref="Errors.EbsPvException">ManifestInvalid.</exception>
    void CheckPersistentVolume(ManifestDocument document);

    /// <summary>One YAML document, from its <c>---</c> to its last line's end; keys stay in the order of the JSON.</summary>
    string ToYaml(string json);
}
