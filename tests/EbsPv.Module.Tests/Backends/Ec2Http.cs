using System.Net.Http.Headers;
using System.Xml.Linq;

namespace EbsPv.Module.Tests.Backends;

/// <summary>EC2's Query API by plain HTTP, so that what the module made is not judged by what the module reads. Signatures only look
/// like ones: neither server checks them.</summary>
public sealed class Ec2Http(Uri endpoint)
{
    private const string Version = "2016-11-15";
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public async Task<XElement> CallAsync(string action, params (string Name, string Value)[] parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Content = new FormUrlEncodedContent(
            [new("Action", action), new("Version", Version), .. parameters.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))]);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", $"Credential=sandbox/20260101/{IBackend.Region}/ec2/aws4_request, SignedHeaders=host, Signature={new string('0', 64)}");
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{action}: {(int)response.StatusCode} {body}");
        return WithoutNamespaces(XElement.Parse(body));
    }

    /// <summary>The volumes of a set, by name.</summary>
    public async Task<IReadOnlyList<Ec2Volume>> VolumesAsync(string set = "manual-ebs") =>
        [.. (await AllVolumesAsync()).Where(volume => volume.Tags.GetValueOrDefault("ebspv/set") == set).OrderBy(volume => volume.Name, StringComparer.Ordinal)];

    public async Task<IReadOnlyList<Ec2Volume>> AllVolumesAsync()
    {
        var volumes = new List<Ec2Volume>();
        string? token = null;
        do
        {
            var page = token is null
                ? await CallAsync("DescribeVolumes", ("MaxResults", "500"))
                : await CallAsync("DescribeVolumes", ("MaxResults", "500"), ("NextToken", token));
            volumes.AddRange(page.Element("volumeSet")!.Elements("item").Select(Ec2Volume.From));
            token = page.Element("nextToken")?.Value is { Length: > 0 } next ? next : null;
        }
        while (token is not null);
        return volumes;
    }

    /// <summary>The snapshots of this account that a filter finds; without one, those that the module made.</summary>
    public async Task<IReadOnlyList<Ec2Snapshot>> SnapshotsAsync(string filter = "tag-key", string value = "ebspv/operation")
    {
        var answer = await CallAsync("DescribeSnapshots", ("Owner.1", "self"), ("Filter.1.Name", filter), ("Filter.1.Value.1", value));
        return [.. answer.Element("snapshotSet")!.Elements("item").Select(Ec2Snapshot.From)];
    }

    /// <summary>The account's snapshots, whoever made them.</summary>
    public async Task<IReadOnlyList<Ec2Snapshot>> AllSnapshotsAsync() =>
        [.. (await CallAsync("DescribeSnapshots", ("Owner.1", "self"))).Element("snapshotSet")!.Elements("item").Select(Ec2Snapshot.From)];

    /// <summary>The tags of a resource in an answer.</summary>
    public static IReadOnlyDictionary<string, string> TagsOf(XElement item) =>
        (item.Element("tagSet")?.Elements("item") ?? []).ToDictionary(tag => tag.Element("key")!.Value, tag => tag.Element("value")!.Value);

    public static (string Name, string Value)[] Tags(string resource, IEnumerable<KeyValuePair<string, string>> tags) =>
    [
        ("TagSpecification.1.ResourceType", resource),
        .. tags.SelectMany((tag, index) => new[]
        {
            ($"TagSpecification.1.Tag.{index + 1}.Key", tag.Key), ($"TagSpecification.1.Tag.{index + 1}.Value", tag.Value),
        }),
    ];

    private static XElement WithoutNamespaces(XElement element) =>
        new(element.Name.LocalName, element.HasElements ? element.Elements().Select(WithoutNamespaces) : element.Value);
}
