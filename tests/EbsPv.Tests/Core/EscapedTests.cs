using EbsPv.Defaults;
using Xunit;

namespace EbsPv.Tests.Core;

public class EscapedTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "\\u001b[31mred\\u001b[0m")]
    [InlineData("\u001b]0;title\u0007", "\\u001b]0;title\\u0007")]
    [InlineData("\u009b31m", "\\u009b31m")]
    [InlineData("invoice\u202egpj.exe", "invoice\\u202egpj.exe")]
    [InlineData("a\u2066b\u2069", "a\\u2066b\\u2069")]
    [InlineData("nul\0", "nul\\u0000")]
    [InlineData("one\r\ntwo", "one\\u000d\\u000atwo")]
    [InlineData("one\u2028two\u2029", "one\\u2028two\\u2029")]
    [InlineData("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff")]
    public void What_a_terminal_would_obey_is_written_out(string text, string shown) => Assert.Equal(shown, Escaped.Text(text));

    [Theory]
    [InlineData("")]
    [InlineData("plain text, $(rm -rf) `x` {{ }} 'quoted' \"too\" ../ *?")]
    [InlineData("España 日本語 😀")]
    public void Other_text_stays_as_it_is(string text) => Assert.Equal(text, Escaped.Text(text));

    [Fact]
    public void No_text_is_empty() => Assert.Equal("", Escaped.Text(null));

    [Fact]
    public void No_character_at_all_gets_a_control_code_through()
    {
        for (var code = 0; code <= char.MaxValue; code++)
            Assert.DoesNotContain(Escaped.Text($"a{(char)code}b"), char.IsControl);
    }
}
