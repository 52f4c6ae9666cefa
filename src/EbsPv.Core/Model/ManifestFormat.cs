namespace EbsPv;

/// <summary>How manifests are written.</summary>
public enum ManifestFormat
{
    /// <summary>YAML, a document that begins with <c>---</c>.</summary>
    Yaml,

    /// <summary>JSON, on one line.</summary>
    Json,
}
