using System.Runtime.CompilerServices;
using EbsPv.Errors;
using k8s.Models;

namespace EbsPv.Clients.Kubernetes;

/// <summary>
/// A list in pages. The server keeps the state that a list shows for some minutes only and then answers 410: the list begins again, and
/// what was handed on before is not handed on twice.
/// </summary>
internal sealed class KubePages<TItem>(KubeCaller caller, string resource, string name)
    where TItem : IMetadata<V1ObjectMeta>
{
    /// <summary>Objects a page, as kubectl asks for them.</summary>
    public const int Size = 500;

    private const int MaxRestarts = 3;
    private const string Expired = "Expired", Gone = "Gone";

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tokens = new(StringComparer.Ordinal);
    private string? _version;

    /// <summary>The new objects of each page, and a version from which a watch misses no change of any of them: the oldest one, when the
    /// list had to begin again.</summary>
    public async IAsyncEnumerable<(IReadOnlyList<TItem> Items, string Version)> ReadAsync<TList>(
        Func<string?, CancellationToken, Task<TList>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TList : IItems<TItem>, IMetadata<V1ListMeta>
    {
        string? next = null;
        var restarts = 0;
        do
        {
            var page = await PageAsync(read, next, restarts, cancellationToken).ConfigureAwait(false);
            if (page is null)
            {
                restarts++;
                next = null;
                _tokens.Clear();
                continue;
            }

            _version ??= page.Metadata.ResourceVersion;
            next = page.Metadata.ContinueProperty;
            if (!string.IsNullOrEmpty(next) && !_tokens.Add(next))
                throw KubeErrors.NotKubernetes("it leads back to a page that was there already.", caller.Call("list", resource, name));
            yield return ([.. page.Items.Where(item => _told.Add(Identity(item)))], _version ?? "");
            if (string.IsNullOrEmpty(next)) yield break;
        }
        while (true);
    }

    public async Task<(IReadOnlyList<TItem> Items, string Version)> AllAsync<TList>(
        Func<string?, CancellationToken, Task<TList>> read, CancellationToken cancellationToken)
        where TList : IItems<TItem>, IMetadata<V1ListMeta>
    {
        var (items, version) = (new List<TItem>(), "");
        await foreach (var page in ReadAsync(read, cancellationToken).ConfigureAwait(false))
        {
            items.AddRange(page.Items);
            version = page.Version;
        }

        return (items, version);
    }

    // Null: begin again. A first page cannot be too old, so that a 410 to it is what it says.
    private async Task<TList?> PageAsync<TList>(
        Func<string?, CancellationToken, Task<TList>> read, string? from, int restarts, CancellationToken cancellationToken)
        where TList : IItems<TItem>, IMetadata<V1ListMeta>
    {
        try
        {
            var page = await caller.SendAsync("list", resource, name, token => read(from, token), cancellationToken).ConfigureAwait(false);
            // Go writes a list of nothing as null, too.
            page.Items ??= [];
            return page.Items.All(item => item?.Metadata?.Name is { Length: > 0 }) ? page : throw KubeErrors.NotKubernetes("an object in it has no name.", caller.Call("list", resource, name));
        }
        catch (EbsPvException expired) when (expired.ServiceCode is Expired or Gone && from is not null && restarts < MaxRestarts)
        {
            caller.Say($"list {resource} begins again: what it showed is too old by now");
            return default;
        }
    }

    // Not its uid: whoever reads the list has one object of a name, and changes it only as the one that it read.
    private static string Identity(TItem item) => $"{item.Metadata.NamespaceProperty}/{item.Metadata.Name}";
}
