using System.Text.Json.Nodes;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;

namespace EbsPv.Safety.Tests.Iam;

/// <summary>The policies of docs/iam, by the names of their files, for the cluster of the tests.</summary>
public static class Policies
{
    /// <summary>What a user replaces by the name of the cluster.</summary>
    public const string Placeholder = "CLUSTER-NAME";

    private static readonly string s_folder = Path.Combine(Checkout.Root, "docs", "iam");

    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(s_folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    /// <summary>The file with the placeholder replaced.</summary>
    public static JsonObject Load(string policy) => JsonNode.Parse(
        File.ReadAllText(Path.Combine(s_folder, $"{policy}.json")).Replace(Placeholder, IBackend.Cluster, StringComparison.Ordinal))!.AsObject();

    /// <summary>Every action of every statement that allows something, by the statement's Sid.</summary>
    public static IEnumerable<(string Sid, string Action)> Grants(JsonObject policy) =>
        from statement in Statements(policy)
        where statement["Effect"]!.GetValue<string>() == "Allow"
        from action in ActionsOf(statement)
        select (SidOf(statement), action);

    /// <summary>The policy less one action of one statement.</summary>
    public static JsonObject Without(JsonObject policy, string sid, string action)
    {
        var rest = policy.DeepClone().AsObject();
        var statement = Statements(rest).Single(one => SidOf(one) == sid);
        JsonNode[] left = [.. ActionsOf(statement).Where(one => one != action).Select(one => JsonValue.Create(one))];
        if (left.Length > 0) statement["Action"] = new JsonArray(left);
        else rest["Statement"]!.AsArray().Remove(statement);
        return rest;
    }

    private static IReadOnlyList<JsonObject> Statements(JsonObject policy) => [.. policy["Statement"]!.AsArray().Select(statement => statement!.AsObject())];

    private static string SidOf(JsonObject statement) => statement["Sid"]!.GetValue<string>();

    private static IReadOnlyList<string> ActionsOf(JsonObject statement) => statement["Action"] is JsonArray list
        ? [.. list.Select(action => action!.GetValue<string>())]
        : [statement["Action"]!.GetValue<string>()];
}
