using EbsPv.Errors;
using Xunit;

namespace EbsPv.Tests.Support;

/// <summary>Asserts on failures as users meet them: a stable id, a message, and what to do next.</summary>
internal static class Refusal
{
    public static EbsPvException Of(string errorId, Action act) => Checked(errorId, Assert.Throws<EbsPvException>(act));

    public static async Task<EbsPvException> OfAsync(string errorId, Func<Task> act) =>
        Checked(errorId, await Assert.ThrowsAsync<EbsPvException>(act));

    private static EbsPvException Checked(string errorId, EbsPvException refusal)
    {
        Assert.True(errorId == refusal.ErrorId, $"expected {errorId}, but {refusal.ErrorId}: {refusal.Message}");
        Assert.False(string.IsNullOrWhiteSpace(refusal.Message));
        Assert.False(string.IsNullOrWhiteSpace(refusal.RecommendedAction), $"{errorId} recommends nothing: {refusal.Message}");
        return refusal;
    }
}
