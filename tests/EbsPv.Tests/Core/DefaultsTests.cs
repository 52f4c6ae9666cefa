using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Core;

public class DefaultsTests
{
    [Fact]
    public void A_region_is_taken_from_the_first_source_that_names_one()
    {
        var all = new RegionSources("context", "stored", "aws", "default");
        Assert.Equal(("typed", "-Region or the piped object"), all.Resolve("typed"));
        Assert.Equal(("context", "the kube context"), all.Resolve(null));
        Assert.Equal(("stored", "$StoredAWSRegion"), (all with { Context = "" }).Resolve(""));
        Assert.Equal(("aws", "AWS_REGION"), (all with { Context = null, StoredAwsRegion = null }).Resolve(null));
        Assert.Equal(("default", "AWS_DEFAULT_REGION"), new RegionSources(null, null, "", "default").Resolve(null));
        Assert.Null(new RegionSources(null, null, null, "").Resolve(null));
    }

    [Theory]
    [InlineData("https://ec2.eu-west-1.amazonaws.com")]
    [InlineData("https://10.0.0.1:8443/path")]
    [InlineData("http://127.0.0.1:4566")]
    [InlineData("http://localhost:4566")]
    [InlineData("http://[::1]:4566")]
    public void An_endpoint_is_https_or_this_machine(string endpoint) => EndpointAddress.Check(endpoint);

    [Theory]
    [InlineData("")]
    [InlineData("ec2.eu-west-1.amazonaws.com")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("https://")]
    [InlineData("javascript:alert(1)")]
    public void Other_schemes_are_no_endpoint(string endpoint) => Refusal.Of(ErrorIds.EndpointInvalid, () => EndpointAddress.Check(endpoint));

    [Theory]
    [InlineData("http://10.0.0.1")]
    [InlineData("http://ec2.eu-west-1.amazonaws.com")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("HTTP://0.0.0.0")]
    [InlineData("http://127.0.0.1@evil.example")]
    public void Plain_http_to_another_machine_is_refused(string endpoint) =>
        Refusal.Of(ErrorIds.EndpointPlainText, () => EndpointAddress.Check(endpoint));
}
