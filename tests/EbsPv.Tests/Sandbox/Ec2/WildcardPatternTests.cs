using EbsPv.Sandbox.Ec2.Filtering;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

public class WildcardPatternTests
{
    [Theory]
    [InlineData("abc", "abc", true)]
    [InlineData("abc", "ABC", false)]
    [InlineData("abc", "abcd", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("a*", "abc", true)]
    [InlineData("a*", "ba", false)]
    [InlineData("*c", "abc", true)]
    [InlineData("*b*", "abc", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("*ab", "aab", true)]
    [InlineData("**a", "bca", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("???", "abc", true)]
    [InlineData("???", "abcd", false)]
    [InlineData(@"a\*", "a*", true)]
    [InlineData(@"a\*", "ab", false)]
    [InlineData(@"a\?", "a?", true)]
    [InlineData(@"a\?", "ab", false)]
    [InlineData(@"a\\", @"a\", true)]
    [InlineData(@"a\\*", @"a\bc", true)]
    [InlineData(@"\*amazon\?\\", @"*amazon?\", true)]
    [InlineData(@"a\", @"a\", true)]
    [InlineData(@"*\*", "a*", true)]
    [InlineData(@"*\*", "ab", false)]
    public void Star_question_mark_and_backslash(string pattern, string text, bool matches) =>
        Assert.Equal(matches, new WildcardPattern(pattern).Matches(text));

    [Fact]
    public void Many_stars_do_not_take_for_ever() =>
        Assert.False(new WildcardPattern(string.Concat(Enumerable.Repeat("a*", 100)) + "b").Matches(new string('a', 5_000)));
}
