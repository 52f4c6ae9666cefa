using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes.Tables;

/// <summary>A column as kubectl prints it: of priority 0 always, of 1 with -o wide.</summary>
public sealed record Column(string Name, Func<JsonObject, DateTimeOffset, string> Cell, int Priority = 0)
{
    public Column(string name, Func<JsonObject, string?> cell, int priority = 0)
        : this(name, (owner, _) => cell(owner) ?? "", priority)
    {
    }

    public JsonObject Definition() => new()
    {
        ["name"] = Name,
        ["type"] = "string",
        ["format"] = Name == "Name" ? "name" : "",
        ["description"] = "",
        ["priority"] = Priority,
    };
}
