using Xunit;

namespace EbsPv.Module.Tests.Backends;

/// <summary>Classes that share one set of real servers.</summary>
[CollectionDefinition(RealServersBackend.CollectionName)]
public sealed class RealServersCollection : ICollectionFixture<RealServersBackend>;
