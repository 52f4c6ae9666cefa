using Xunit;

namespace EbsPv.Module.Tests.Backends;

/// <summary>Classes that share one sandbox.</summary>
[CollectionDefinition(SandboxBackend.CollectionName)]
public sealed class SandboxCollection : ICollectionFixture<SandboxBackend>;
