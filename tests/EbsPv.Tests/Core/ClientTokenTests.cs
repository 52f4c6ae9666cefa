using EbsPv.Volumes;
using Xunit;

namespace EbsPv.Tests.Core;

public class ClientTokenTests
{
    private static readonly string[] Base = ["eu-west-1", "cluster", "set", "eu-west-1a/1"];

    [Fact]
    public void A_token_is_64_hexadecimal_digits_and_always_the_same()
    {
        Assert.Matches("^[0-9a-f]{64}$", Token(Base));
        Assert.Equal(Token(Base), Token(Base));
    }

    [Fact]
    public void Each_part_makes_another_token()
    {
        var tokens = Enumerable.Range(0, Base.Length).Select(changed => Token([.. Base.Select((part, index) => index == changed ? part + "x" : part)]));
        Assert.Equal(Base.Length + 3, tokens.Append(Token(Base)).Append(Token(Base, 2)).Append(Token(Base, 3)).Distinct().Count());
    }

    [Fact]
    public void Text_that_moves_from_one_part_to_the_next_makes_another_token() =>
        Assert.NotEqual(Token(["r", "ab", "c", "s"]), Token(["r", "a", "bc", "s"]));

    [Fact]
    public void Ten_thousand_slots_have_ten_thousand_tokens() =>
        Assert.Equal(10_000, Enumerable.Range(1, 10_000).Select(slot => Token(["r", "c", "s", $"eu-west-1a/{slot}"])).Distinct().Count());

    private static string Token(string[] parts, int attempt = 1) => ClientToken.For(parts[0], parts[1], parts[2], parts[3], attempt);
}
