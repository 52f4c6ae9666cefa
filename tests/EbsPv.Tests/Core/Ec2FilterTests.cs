using EbsPv.Ports;
using EbsPv.Sandbox.Ec2.Filtering;
using Xunit;
using Ec2Filter = EbsPv.Ports.Ec2Filter;

namespace EbsPv.Tests.Core;

public class Ec2FilterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("*", @"\*")]
    [InlineData("a?b", @"a\?b")]
    [InlineData(@"a\b", @"a\\b")]
    [InlineData(@"\*", @"\\\*")]
    [InlineData("", "")]
    public void What_EC2_would_expand_is_escaped(string value, string sent) => Assert.Equal([sent], Ec2Filter.Exactly("tag:x", value).Values);

    [Fact]
    public void An_escaped_value_finds_itself_and_nothing_else()
    {
        const string Letters = @"a*?\";
        var texts = Texts(Letters, 4).ToList();
        foreach (var value in texts)
        {
            var pattern = new WildcardPattern(Ec2Filter.Exactly("tag:x", value).Values[0]);
            Assert.Equal([value], texts.Where(pattern.Matches));
        }
    }

    [Fact]
    public void Several_values_are_escaped_one_by_one() => Assert.Equal(["a", @"\?"], Ec2Filter.Exactly("x", "a", "?").Values);

    private static IEnumerable<string> Texts(string letters, int longest) => longest == 0
        ? [""]
        : Texts(letters, longest - 1).SelectMany(text => text.Length == longest - 1 ? letters.Select(letter => text + letter).Prepend(text) : [text]);
}
