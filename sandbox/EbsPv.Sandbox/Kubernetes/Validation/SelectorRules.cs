using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Validation;

/// <summary>The shape of node affinities and label selectors.</summary>
public static class SelectorRules
{
    public static void NodeAffinity(JsonObject affinity, string field, FieldErrors errors)
    {
        if (affinity.Object("required") is not { } required)
        {
            errors.Required($"{field}.required", "must specify required node constraints");
            return;
        }

        var terms = required.Objects("nodeSelectorTerms");
        if (terms.Count == 0)
            errors.Required($"{field}.required.nodeSelectorTerms", "must have at least one node selector term");
        for (var index = 0; index < terms.Count; index++) Term(terms[index], $"{field}.required.nodeSelectorTerms[{index}]", errors);
    }

    public static void LabelSelector(JsonObject? selector, string field, FieldErrors errors)
    {
        if (selector is null) return;
        MetadataRules.Labels(selector.Object("matchLabels"), $"{field}.matchLabels", errors);
        var expressions = selector.Objects("matchExpressions");
        for (var index = 0; index < expressions.Count; index++)
            LabelExpression(expressions[index], $"{field}.matchExpressions[{index}]", errors);
    }

    private static void Term(JsonObject term, string field, FieldErrors errors)
    {
        var expressions = term.Objects("matchExpressions");
        for (var index = 0; index < expressions.Count; index++)
            NodeExpression(expressions[index], $"{field}.matchExpressions[{index}]", errors);
        var fields = term.Objects("matchFields");
        for (var index = 0; index < fields.Count; index++)
            if (fields[index].Text("key") != "metadata.name")
                errors.Invalid($"{field}.matchFields[{index}].key", fields[index].Text("key"), "not a valid field selector key");
    }

    private static void NodeExpression(JsonObject expression, string field, FieldErrors errors)
    {
        var values = expression.Texts("values");
        switch (expression.Text("operator"))
        {
            case "In" or "NotIn" when values.Count == 0:
                errors.Required($"{field}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when values.Count > 0:
                errors.Forbidden($"{field}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "Gt" or "Lt" when values.Count != 1:
                errors.Required($"{field}.values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist" or "Gt" or "Lt":
                break;
            case var other:
                errors.Invalid($"{field}.operator", other, "not a valid selector operator");
                break;
        }

        Key(expression, field, errors);
    }

    private static void LabelExpression(JsonObject expression, string field, FieldErrors errors)
    {
        var values = expression.Texts("values");
        switch (expression.Text("operator"))
        {
            case "In" or "NotIn" when values.Count == 0:
                errors.Required($"{field}.values", "must be specified when `operator` is 'In' or 'NotIn'");
                break;
            case "Exists" or "DoesNotExist" when values.Count > 0:
                errors.Forbidden($"{field}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                break;
            case "In" or "NotIn" or "Exists" or "DoesNotExist":
                break;
            case var other:
                errors.Invalid($"{field}.operator", other, "not a valid selector operator");
                break;
        }

        Key(expression, field, errors);
    }

    private static void Key(JsonObject expression, string field, FieldErrors errors)
    {
        var key = expression.Text("key") ?? "";
        foreach (var problem in NameRules.QualifiedName(key)) errors.Invalid($"{field}.key", key, problem);
    }
}
