using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Selection;

/// <summary>Whether a volume's node affinity lets it be mounted on a node.</summary>
public static class NodeSelector
{
    public static bool Allows(JsonObject volume, JsonObject node)
    {
        if (volume.Object("spec", "nodeAffinity", "required") is not { } required) return true;
        return required.Objects("nodeSelectorTerms").Any(term => Term(term, node));
    }

    // A term without conditions matches no node.
    private static bool Term(JsonObject term, JsonObject node)
    {
        var labels = node.Object("metadata", "labels");
        var expressions = term.Objects("matchExpressions").Select(Requirement.From).ToArray();
        var fields = term.Objects("matchFields").Select(Requirement.From).ToArray();
        return expressions.Length + fields.Length > 0
            && expressions.All(one => one.Matches(labels.Text(one.Key)))
            && fields.All(one => one.Matches(node.Name()));
    }
}
