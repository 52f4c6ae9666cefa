using EbsPv.Errors;
using Xunit;

namespace EbsPv.Tests.Removal;

/// <summary>What came out of a run, volume by volume.</summary>
internal sealed class RemoveOutcome
{
    public List<ClusterEbsVolume> Removed { get; } = [];

    public List<EbsPvException> Failures { get; } = [];

    public IEnumerable<string> Ids => Removed.Select(volume => volume.VolumeId!);

    /// <summary>The only failure, with this id.</summary>
    public EbsPvException Failure(string errorId)
    {
        var failure = Assert.Single(Failures);
        Assert.Equal(errorId, failure.ErrorId);
        return failure;
    }

    public async Task AddAsync(Task<ClusterEbsVolume> volume)
    {
        try
        {
            Removed.Add(await volume);
        }
        catch (EbsPvException failure)
        {
            Failures.Add(failure);
        }
    }
}
