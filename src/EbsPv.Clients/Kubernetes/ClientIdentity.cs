using System.Text.Json.Serialization;

namespace EbsPv.Clients.Kubernetes;

/// <summary>What makes one client another than the next. It holds secrets: only its hash is kept.</summary>
internal sealed record ClientIdentity(string Context, KubeconfigCluster Cluster, KubeconfigUser User, IReadOnlyList<string?> Proxies);

// Written by generated code: reflection would emit a getter for every property at the first call of a session.
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ClientIdentity))]
internal sealed partial class ClientIdentityJson : JsonSerializerContext;
