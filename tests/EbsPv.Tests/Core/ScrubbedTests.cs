using EbsPv.Defaults;
using Xunit;

namespace EbsPv.Tests.Core;

public class ScrubbedTests
{
    [Theory]
    [InlineData("sent Authorization: Bearer abc.DEF-123 to", "sent Authorization: Bearer *** to")]
    [InlineData("authorization: basic bWU6c2VjcmV0==;", "authorization: basic ***;")]
    [InlineData("token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl is too old", "token *** is too old")]
    [InlineData("got k8s-aws-v1.aHR0cHM6Ly9zdHM_x-y, which", "got ***, which")]
    [InlineData("key:\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nend", "key:\n***\nend")]
    [InlineData("cut -----BEGIN PRIVATE KEY-----\nMIIE", "cut ***")]
    public void What_looks_like_a_secret_is_left_out(string text, string shown) => Assert.Equal(shown, Scrubbed.Text(text));

    [Theory]
    [InlineData("the bearer authentication failed; Basic authentication is off")]
    [InlineData("Bearer token required")]
    [InlineData("persistentvolumes \"eyJ\" is forbidden: User \"me\" cannot create resource")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----")]
    [InlineData("")]
    public void Other_words_stay(string text) => Assert.Equal(text, Scrubbed.Text(text));

    [Fact]
    public void What_is_known_to_be_a_secret_is_left_out_unless_it_is_as_short_as_a_word()
    {
        Assert.Equal("the password is ***, not prod", Scrubbed.Text("the password is s3cret/pass, not prod", "s3cret/pass", "prod", ""));
        Assert.Null(Scrubbed.Text(null, "secret-secret"));
    }
}
