using System.Text.RegularExpressions;

namespace EbsPv.Sandbox.Ec2.Protocol;

/// <summary>
/// Who signed a request, and for which region: read from the credential scope, as AWS does. The signature is taken on trust.
/// </summary>
public sealed partial record CallerCredential(string AccessKeyId, string Region, string Service)
{
    /// <summary>Who sent a request that needs no signature.</summary>
    public static CallerCredential Nobody { get; } = new("", "", "");

    public static CallerCredential From(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
            throw new Ec2Exception("MissingAuthenticationToken", "Request is missing Authentication Token", StatusCodes.Status403Forbidden);

        var match = Scope().Match(header);
        if (!match.Success) throw Ec2Errors.AuthFailure();
        return new CallerCredential(match.Groups["key"].Value, match.Groups["region"].Value, match.Groups["service"].Value);
    }

    [GeneratedRegex(
        @"^AWS4-HMAC-SHA256 Credential=(?<key>[^/\s,]+)/\d{8}/(?<region>[a-z0-9-]+)/(?<service>[a-z0-9]+)/aws4_request"
        + @", ?SignedHeaders=[^,]+, ?Signature=[0-9a-f]{64}$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Scope();
}
