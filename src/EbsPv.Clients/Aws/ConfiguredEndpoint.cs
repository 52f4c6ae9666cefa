using Amazon.Runtime;
using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.Clients.Aws;

/// <summary>The endpoint that the surroundings give a client: variables or the profile, for its service or for all of them.</summary>
internal static class ConfiguredEndpoint
{
    /// <summary>The client's settings, refused when their endpoint is none or would send secrets in plain text.</summary>
    /// <exception cref="EbsPvException">EndpointInvalid, EndpointPlainText.</exception>
    public static TConfig Check<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        if (Read(config) is { Length: > 0 } configured) EndpointAddress.Check(configured);
        return config;
    }

    private static string? Read(ClientConfig config)
    {
        try
        {
            return config.ServiceURL;
        }
        catch (AmazonClientException)
        {
            throw EbsPvException.Input(
                ErrorIds.EndpointInvalid,
                "The endpoint that AWS_ENDPOINT_URL, the service's own AWS_ENDPOINT_URL_… or the profile names is not an http or https address.",
                null,
                "Write it as in https://ec2.eu-west-1.amazonaws.com, or leave it out.");
        }
    }
}
