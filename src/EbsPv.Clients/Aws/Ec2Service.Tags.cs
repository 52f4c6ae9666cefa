using Amazon.EC2.Model;

namespace EbsPv.Clients.Aws;

/// <summary>Tags. Setting and taking away says how it shall be, and is safe to repeat.</summary>
internal sealed partial class Ec2Service
{
    public Task CreateTagsAsync(IReadOnlyList<string> resourceIds, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken cancellationToken)
    {
        var request = new CreateTagsRequest { Resources = [.. resourceIds], Tags = [.. tags.Select(tag => new Tag(tag.Key, tag.Value))] };
        return caller.SendAsync(Call("CreateTags", Named(resourceIds)), token => client.CreateTagsAsync(request, token), cancellationToken);
    }

    public Task DeleteTagsAsync(IReadOnlyList<string> resourceIds, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var request = new DeleteTagsRequest { Resources = [.. resourceIds], Tags = [.. keys.Select(key => new Tag(key))] };
        return caller.SendAsync(Call("DeleteTags", Named(resourceIds)), token => client.DeleteTagsAsync(request, token), cancellationToken);
    }

    private static string Named(IReadOnlyList<string> resourceIds) => resourceIds.Count > 3 ? $"{resourceIds.Count} resources" : string.Join(", ", resourceIds);
}
