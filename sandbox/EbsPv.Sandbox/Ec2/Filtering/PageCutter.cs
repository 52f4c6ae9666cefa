using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EbsPv.Sandbox.Ec2.Protocol;

namespace EbsPv.Sandbox.Ec2.Filtering;

/// <summary>
/// Cuts pages along the order of creation: a page starts after the last thing of the page before, whatever came or went
/// in between.
/// </summary>
public sealed class PageCutter
{
    private readonly string _fingerprint;
    private readonly int? _size;
    private readonly bool _isFirst;
    private readonly bool _isEmpty;
    private readonly long _after;

    /// <param name="parameters">The request.</param>
    /// <param name="most">The largest page that EC2 gives.</param>
    /// <param name="emptyFirst">Whether the first page comes empty with a token, as EC2 is free to answer.</param>
    public PageCutter(QueryNode parameters, int most, bool emptyFirst)
    {
        _fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Ec2Filter.Describe(parameters))))[..16];
        var token = parameters.Text("NextToken");
        var size = parameters.Number("MaxResults");
        if (size < 5)
            throw Ec2Errors.InvalidValue($"Value ( {size} ) for parameter maxResults is invalid. Expecting a value greater than 5.");

        _isFirst = string.IsNullOrEmpty(token);
        _size = size is null && _isFirst ? null : Math.Min(size ?? most, most);
        _isEmpty = emptyFirst && _isFirst && _size is not null;
        _after = _isFirst ? -1 : Open(token!);
    }

    /// <summary>The members of this page, and the token of the next one when there is more.</summary>
    /// <param name="all">Everything, ordered by sequence.</param>
    /// <param name="sequence">The sequence of a member.</param>
    /// <param name="matches">Whether a member is asked for.</param>
    public (IReadOnlyList<T> Page, string? NextToken) Cut<T>(IReadOnlyList<T> all, Func<T, long> sequence, Func<T, bool> matches)
    {
        var limit = _isEmpty ? 0 : _size ?? int.MaxValue;
        var page = new List<T>();
        for (var i = FirstAfter(all, sequence); i < all.Count; i++)
        {
            if (!matches(all[i])) continue;
            if (page.Count == limit) return (page, Seal(page.Count == 0 ? _after : sequence(page[^1])));
            page.Add(all[i]);
        }
        return (page, null);
    }

    private int FirstAfter<T>(IReadOnlyList<T> all, Func<T, long> sequence)
    {
        int low = 0, high = all.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sequence(all[middle]) <= _after) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private string Seal(long after) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_fingerprint}:{after}")));

    private long Open(string token)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.ASCII.GetString(bytes[..length]).Split(':') is [var fingerprint, var after]
            && fingerprint == _fingerprint
            && long.TryParse(after, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sequence))
            return sequence;
        throw Ec2Errors.InvalidValue("Unable to parse pagination token");
    }
}
