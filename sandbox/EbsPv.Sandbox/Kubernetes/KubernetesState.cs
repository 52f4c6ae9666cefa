using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>
/// All objects, their history and who watches it. Objects inside are never changed, only replaced, so that a snapshot is
/// a reference and lists need no lock.
/// </summary>
public sealed class KubernetesState
{
    private readonly Lock _gate = new();
    private readonly SandboxClock _clock;
    private readonly int _historyLimit;
    private readonly Dictionary<ResourceType, ImmutableSortedDictionary<string, JsonObject>> _objects;
    private readonly Queue<StoreEvent> _history = new();
    private readonly List<Channel<StoreEvent>> _watchers = [];
    private long _version = 1;
    private long _oldest = 1;

    public KubernetesState(SandboxClock clock, int historyLimit)
    {
        _clock = clock;
        _historyLimit = historyLimit;
        _objects = ResourceTypes.All.ToDictionary(
            type => type, _ => ImmutableSortedDictionary.Create<string, JsonObject>(StringComparer.Ordinal));
    }

    /// <summary>The resource version of the last change.</summary>
    public long Version
    {
        get { lock (_gate) return _version; }
    }

    /// <summary>Watches that start before this one are told that it is too old.</summary>
    public long OldestVersion
    {
        get { lock (_gate) return _oldest; }
    }

    /// <summary>Watches open at the moment, the binder's included.</summary>
    public int WatcherCount
    {
        get { lock (_gate) return _watchers.Count; }
    }

    public static string Key(string @namespace, string name) => @namespace.Length == 0 ? name : $"{@namespace}/{name}";

    public static string Key(JsonObject owner) => Key(owner.Namespace(), owner.Name());

    /// <summary>Copies of all objects of a resource, by its plural, in the order of a list.</summary>
    public IReadOnlyList<JsonObject> List(string plural) => [.. Snapshot(OfPlural(plural)).Objects.Values.Select(owner => owner.Copy())];

    /// <summary>A copy of one object, or null.</summary>
    public JsonObject? Get(string plural, string name, string @namespace = "") => Find(OfPlural(plural), @namespace, name)?.Copy();

    /// <summary>Puts an object in as it is, past all rules but with metadata; replaces the one of its name.</summary>
    public JsonObject Seed(JsonObject manifest)
    {
        var type = ResourceTypes.OfKind(manifest.Text("kind") ?? "") ?? throw new ArgumentException("The kind is not served.", nameof(manifest));
        var owner = manifest.Copy();
        owner["apiVersion"] = type.ApiVersion;
        if (type.Namespaced && owner.Namespace().Length == 0) owner.Ensure("metadata")["namespace"] = "default";
        return Exclusive(() =>
        {
            var before = Find(type, owner.Namespace(), owner.Name());
            if (before is not null) owner.Ensure("metadata")["uid"] = before.Uid();
            Stamp(owner);
            return Put(type, owner).Copy();
        });
    }

    /// <summary>Takes an object away at once, finalizers or not.</summary>
    public bool Remove(string plural, string name, string @namespace = "")
    {
        var type = OfPlural(plural);
        return Exclusive(() => Find(type, @namespace, name) is { } owner && Drop(type, owner) is not null);
    }

    /// <summary>Forgets all history, as etcd's compaction does: watches and pages of earlier versions have to start anew.</summary>
    public void Compact()
    {
        lock (_gate)
        {
            _history.Clear();
            _oldest = _version;
        }
    }

    internal T Exclusive<T>(Func<T> work)
    {
        lock (_gate) return work();
    }

    internal JsonObject? Find(ResourceType type, string @namespace, string name)
    {
        lock (_gate) return _objects[type].GetValueOrDefault(Key(@namespace, name));
    }

    internal (long Version, ImmutableSortedDictionary<string, JsonObject> Objects) Snapshot(ResourceType type)
    {
        lock (_gate) return (_version, _objects[type]);
    }

    /// <summary>Gives what every object has and does not bring itself.</summary>
    internal void Stamp(JsonObject owner)
    {
        var metadata = owner.Ensure("metadata");
        if (metadata.Text("uid") is null) metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] ??= Timestamp();
    }

    internal string Timestamp() => _clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>Stores a new or changed object; the caller gives it away.</summary>
    internal JsonObject Put(ResourceType type, JsonObject owner)
    {
        lock (_gate)
        {
            var key = Key(owner);
            var before = _objects[type].GetValueOrDefault(key);
            owner.Ensure("metadata")["resourceVersion"] = $"{++_version}";
            _objects[type] = _objects[type].SetItem(key, owner);
            Publish(new StoreEvent(_version, type, before, owner, Deleted: false));
            return owner;
        }
    }

    internal JsonObject Drop(ResourceType type, JsonObject owner)
    {
        lock (_gate)
        {
            var last = owner.Copy();
            last.Ensure("metadata")["resourceVersion"] = $"{++_version}";
            _objects[type] = _objects[type].Remove(Key(owner));
            Publish(new StoreEvent(_version, type, owner, last, Deleted: true));
            return last;
        }
    }

    /// <summary>Deletes an object as a controller does, without patience: with finalizers it only starts to go.</summary>
    internal JsonObject Delete(ResourceType type, JsonObject owner)
    {
        if (owner.Finalizers().Count == 0) return Drop(type, owner);
        return owner.IsDeleting() ? owner : Put(type, Deleting(owner, grace: 0));
    }

    internal JsonObject Deleting(JsonObject owner, long grace)
    {
        var marked = owner.Copy();
        marked.Ensure("metadata")["deletionTimestamp"] = Timestamp();
        marked.Ensure("metadata")["deletionGracePeriodSeconds"] = grace;
        return marked;
    }

    /// <summary>Everything after a version, past and future. The reader ends the subscription by disposing of it.</summary>
    internal StoreSubscription Subscribe(long after)
    {
        lock (_gate)
        {
            var channel = Channel.CreateUnbounded<StoreEvent>(new UnboundedChannelOptions { SingleReader = true });
            foreach (var change in _history)
                if (change.Version > after) channel.Writer.TryWrite(change);
            _watchers.Add(channel);
            return new StoreSubscription(channel.Reader, () => Unsubscribe(channel));
        }
    }

    private void Publish(StoreEvent change)
    {
        _history.Enqueue(change);
        if (_history.Count > _historyLimit) _oldest = _history.Dequeue().Version;
        foreach (var watcher in _watchers) watcher.Writer.TryWrite(change);
    }

    private void Unsubscribe(Channel<StoreEvent> channel)
    {
        lock (_gate) _watchers.Remove(channel);
    }

    private static ResourceType OfPlural(string plural) =>
        ResourceTypes.OfPlural(plural) ?? throw new ArgumentException($"'{plural}' is not served.", nameof(plural));
}
