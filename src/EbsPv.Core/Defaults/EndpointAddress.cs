using EbsPv.Errors;

namespace EbsPv.Defaults;

/// <summary>Which addresses an endpoint may have.</summary>
public static class EndpointAddress
{
    /// <summary>Refuses what is no http(s) address, and plain http to another machine.</summary>
    /// <exception cref="EbsPvException">EndpointInvalid, EndpointPlainText.</exception>
    public static void Check(string endpoint)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw EbsPvException.Input(
                ErrorIds.EndpointInvalid,
                $"'{Escaped.Text(endpoint)}' is not an http or https address.",
                endpoint,
                "Write it as in https://ec2.eu-west-1.amazonaws.com.");
        if (uri.Scheme == "http" && !uri.IsLoopback)
            throw EbsPvException.Input(
                ErrorIds.EndpointPlainText,
                $"'{Escaped.Text(endpoint)}' would send signed requests over the network in plain text.",
                endpoint,
                "Use https; http is accepted for this machine only.");
    }
}
