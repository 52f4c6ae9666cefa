using System.Text;
using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>What holds for the metadata of every kind.</summary>
public static class MetadataRules
{
    private const int AnnotationBytes = 256 * 1024;
    private static readonly string[] s_immutable = ["name", "namespace", "uid"];

    public static void Validate(ResourceType type, JsonObject owner, FieldErrors errors)
    {
        var name = owner.Name();
        if (name.Length == 0) errors.Required("metadata.name", "name or generateName is required");
        else
            foreach (var problem in type == ResourceTypes.Namespaces ? NameRules.DnsLabel(name) : NameRules.Subdomain(name))
                errors.Invalid("metadata.name", name, problem);
        Labels(owner.Object("metadata", "labels"), "metadata.labels", errors);
        Annotations(owner.Object("metadata", "annotations"), errors);
        Finalizers(owner.Finalizers(), errors);
    }

    public static void ValidateUpdate(JsonObject owner, JsonObject before, FieldErrors errors)
    {
        foreach (var field in s_immutable)
            if (!owner.At("metadata", field).SameAs(before.At("metadata", field)))
                errors.Invalid($"metadata.{field}", owner.Text("metadata", field), "field is immutable");
        var added = before.IsDeleting() ? owner.Finalizers().Except(before.Finalizers()).ToArray() : [];
        if (added.Length > 0)
            errors.Forbidden("metadata.finalizers",
                "no new finalizers can be added if the object is being deleted, found new finalizers "
                + $"[]string{{{string.Join(", ", added.Select(one => $"\"{one}\""))}}}");
    }

    public static void Labels(JsonObject? labels, string field, FieldErrors errors)
    {
        foreach (var (key, value) in labels ?? [])
        {
            foreach (var problem in NameRules.QualifiedName(key)) errors.Invalid(field, key, problem);
            foreach (var problem in NameRules.LabelValue(value.Text() ?? "")) errors.Invalid(field, value.Text(), problem);
        }
    }

    private static void Annotations(JsonObject? annotations, FieldErrors errors)
    {
        var bytes = 0;
        foreach (var (key, value) in annotations ?? [])
        {
            foreach (var problem in NameRules.QualifiedName(key.ToLowerInvariant())) errors.Invalid("metadata.annotations", key, problem);
            bytes += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value.Text() ?? "");
        }

        if (bytes > AnnotationBytes) errors.TooLong("metadata.annotations", AnnotationBytes);
    }

    private static void Finalizers(IReadOnlyList<string> finalizers, FieldErrors errors)
    {
        for (var index = 0; index < finalizers.Count; index++)
        {
            var name = finalizers[index];
            foreach (var problem in NameRules.QualifiedName(name)) errors.Invalid("metadata.finalizers", name, problem);
            if (!name.Contains('/', StringComparison.Ordinal) && name is not ("kubernetes" or "orphan" or "foregroundDeletion"))
                errors.Invalid($"metadata.finalizers[{index}]", name, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }
}
