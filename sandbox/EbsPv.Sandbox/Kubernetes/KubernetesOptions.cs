using System.Text.Json.Nodes;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>What kind of API server, and whose, the sandbox plays. Times are sandbox time.</summary>
public sealed class KubernetesOptions
{
    /// <summary>The release answered by /version; "v1.20.2" also brings back what that release did not know.</summary>
    public string ServerVersion { get; set; } = "v1.33.4";

    /// <summary>Whether the persistent-volume binder and the protection controllers run. Without them everything stays Pending.</summary>
    public bool RunBinder { get; set; } = true;

    /// <summary>Whether the CSI driver's provisioner runs beside the binder: its finalizer, and the disks of what is Released with the policy Delete.</summary>
    public bool RunProvisioner { get; set; } = true;

    /// <summary>Whether the CSI driver's attacher runs: its finalizer on what is attached, and EC2 detaches when a VolumeAttachment goes.</summary>
    public bool RunAttacher { get; set; } = true;

    /// <summary>Whether the CSI driver's resizer runs, which lets the disks of claims grow that ask for more.</summary>
    public bool RunResizer { get; set; } = true;

    /// <summary>The CustomResourceDefinitions that are installed, by name: scaledobjects.keda.sh, volumesnapshotcontents.snapshot.storage.k8s.io.</summary>
    public ISet<string> CustomResources { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How long after a change the binder reacts.</summary>
    public TimeSpan BinderDelay { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How often the binder looks at claims that did not change themselves. A real one does that every 15 s, and only then
    /// does a claim notice that its volume was fenced or came back; zero: at once.
    /// </summary>
    public TimeSpan ClaimResync { get; set; } = TimeSpan.Zero;

    /// <summary>Bearer tokens and who they stand for.</summary>
    public IDictionary<string, SandboxUser> Tokens { get; } =
        new Dictionary<string, SandboxUser>(StringComparer.Ordinal) { ["sandbox"] = new("sandbox-admin") };

    /// <summary>
    /// Who asks without a token; null for a 401. kubectl sends no token over plain HTTP, so that it needs this there.
    /// </summary>
    public SandboxUser? Anonymous { get; set; }

    /// <summary>The most items in a page, whatever limit was asked for.</summary>
    public int MaxListPage { get; set; } = int.MaxValue;

    /// <summary>How long a continue token is good for (etcd keeps history for five minutes).</summary>
    public TimeSpan ContinueLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Changes remembered for watches that start in the past.</summary>
    public int HistoryLimit { get; set; } = 100_000;

    /// <summary>How often a watch that allows bookmarks gets one.</summary>
    public TimeSpan BookmarkInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A mutating admission webhook: called with every object that is created, before it is validated.</summary>
    public Action<JsonObject>? MutateOnCreate { get; set; }
}
