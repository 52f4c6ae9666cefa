using System.Text.Json;
using System.Text.RegularExpressions;

namespace EbsPv.Sandbox.Ec2.Iam;

/// <summary>A statement of a policy: its actions, on its resources, when all its conditions hold.</summary>
public sealed partial record PolicyStatement(
    bool Allows, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, IReadOnlyList<PolicyCondition> Conditions)
{
    /// <summary>Whether it says anything about a request.</summary>
    public bool Covers(AccessRequest request) =>
        Actions.Any(action => PolicyText.Matches(action.ToLowerInvariant(), request.Action.ToLowerInvariant()))
        && Resources.Any(resource => PolicyText.Matches(resource, request.Resource))
        && Conditions.All(condition => condition.Holds(request));

    /// <exception cref="FormatException">Something in it is not evaluated here.</exception>
    internal static PolicyStatement Parse(JsonElement statement)
    {
        var (effect, actions, resources, conditions) = ("", (IReadOnlyList<string>)[], (IReadOnlyList<string>)[], new List<PolicyCondition>());
        foreach (var member in Members(statement, "A statement"))
            switch (member.Name)
            {
                case "Sid":
                    if (!Sid().IsMatch(Text(member.Value))) throw new FormatException($"The Sid {member.Value} holds more than letters and digits.");
                    break;
                case "Effect":
                    effect = Text(member.Value);
                    break;
                case "Action":
                    actions = Texts(member.Value);
                    break;
                case "Resource":
                    resources = Texts(member.Value);
                    break;
                case "Condition":
                    conditions = ConditionsOf(member.Value);
                    break;
                default:
                    throw new FormatException($"The element {member.Name} is not evaluated here.");
            }

        if (effect is not ("Allow" or "Deny")) throw new FormatException($"The Effect '{effect}' is neither Allow nor Deny.");
        if (actions.Count == 0 || resources.Count == 0) throw new FormatException("A statement needs Action and Resource.");
        foreach (var action in actions) CheckAction(action);
        foreach (var resource in resources)
            if (!Resource().IsMatch(resource)) throw new FormatException($"The Resource {resource} is neither * nor an ARN of EC2.");
        return new PolicyStatement(effect == "Allow", actions, resources, conditions);
    }

    internal static IEnumerable<JsonProperty> Members(JsonElement element, string what) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject()
        : throw new FormatException($"{what} is an object, not {element.ValueKind}.");

    internal static string Text(JsonElement element)
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False) return element.GetBoolean() ? "true" : "false";
        if (element.ValueKind != JsonValueKind.String) throw new FormatException($"{element.GetRawText()} is no text.");
        var text = element.GetString()!;
        return text.Contains("${", StringComparison.Ordinal) ? throw new FormatException($"The variable in {text} is not evaluated here.") : text;
    }

    private static IReadOnlyList<string> Texts(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(Text)] : [Text(element)];

    private static List<PolicyCondition> ConditionsOf(JsonElement element)
    {
        var conditions = new List<PolicyCondition>();
        foreach (var group in Members(element, "A Condition"))
            foreach (var key in Members(group.Value, group.Name))
                conditions.Add(PolicyCondition.Parse(group.Name, key.Name, Texts(key.Value)));
        return conditions;
    }

    // A name that EC2 does not have would be allowed here and help nobody there.
    private static void CheckAction(string action)
    {
        if (!Action().IsMatch(action)) throw new FormatException($"The Action {action} is not one of EC2's: ec2:NAME, with * at its end at most.");
        if (!action.EndsWith('*') && !Ec2Access.Actions.Contains(action, StringComparer.OrdinalIgnoreCase)) throw new FormatException($"The Action {action} is none of those that the sandbox knows.");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9]+\z")]
    private static partial Regex Sid();

    [GeneratedRegex(@"\A(\*|ec2:[A-Za-z]*\*?)\z")]
    private static partial Regex Action();

    [GeneratedRegex(@"\A(\*|arn:aws:ec2:[^:]*:[^:]*:[a-z-]+/.+)\z")]
    private static partial Regex Resource();
}
