using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>
/// One change. The object before it (null when it is new) decides whether a selector saw it appear or go; after a deletion
/// the object is the last state it had.
/// </summary>
public sealed record StoreEvent(long Version, ResourceType Type, JsonObject? Before, JsonObject After, bool Deleted);
