using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>One change. The object before it decides whether a selector saw it appear or go.</summary>
/// <param name="Version">The resource version the change made.</param>
/// <param name="Before">Null when the object is new.</param>
/// <param name="After">The object after the change; for a deletion its last state.</param>
public sealed record StoreEvent(long Version, ResourceType Type, JsonObject? Before, JsonObject After, bool Deleted);
