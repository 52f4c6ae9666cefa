using EbsPv.Defaults;
using Xunit;

namespace EbsPv.Tests.Core;

public class AgeTests
{
    [Theory]
    [InlineData(-5, "0 seconds")]
    [InlineData(0.4, "0 seconds")]
    [InlineData(1.2, "1 second")]
    [InlineData(1.6, "2 seconds")]
    [InlineData(119, "119 seconds")]
    [InlineData(120, "2 minutes")]
    [InlineData(7_199, "120 minutes")]
    [InlineData(90_000, "25 hours")]
    [InlineData(200_000, "2 days")]
    public void It_is_said_in_the_largest_unit_of_which_there_are_two(double seconds, string said) => Assert.Equal(said, Age.Of(TimeSpan.FromSeconds(seconds)));
}
