using Xunit;

namespace EbsPv.Tests.Clients.Aws;

/// <summary>Tests that point the process at AWS files of their own: one at a time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AwsFilesCollection
{
    public const string Name = "AWS files";
}
