using Xunit;

namespace EbsPv.Tests.Support;

/// <summary>Tests that change environment variables: the process has one set of them, so that nothing runs beside.</summary>
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
public sealed class EnvironmentTests;
