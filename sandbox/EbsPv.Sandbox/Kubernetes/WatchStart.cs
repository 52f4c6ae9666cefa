using System.Globalization;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>The resourceVersion parameter of lists and watches.</summary>
public static class WatchStart
{
    /// <summary>Null when none was given.</summary>
    public static long? Parse(ApiRequest request)
    {
        if (request.Option("resourceVersion") is not { Length: > 0 } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return version;
        throw new ApiStatusException(new ApiStatus(
            500, "", $"resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: parsing \"{text}\": invalid syntax"));
    }
}
