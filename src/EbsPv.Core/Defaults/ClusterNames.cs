using System.Text.RegularExpressions;
using EbsPv.Errors;

namespace EbsPv.Defaults;

/// <summary>Which cluster is meant, and whether its name can be one.</summary>
public static partial class ClusterNames
{
    /// <summary>The longest name: <c>kubernetes.io/cluster/NAME</c> must fit into a tag key of 127 characters.</summary>
    public const int MaxLength = 100;

    /// <summary>The cluster named by what was typed or piped, else by the surroundings.</summary>
    /// <returns>The name and its source; null when nothing names a cluster.</returns>
    /// <exception cref="EbsPvException">ClusterNameInvalid, ClusterAmbiguous.</exception>
    public static Resolved? Resolve(string? given, ClusterNameSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (given is not null) return new Resolved(Checked(given), "-ClusterName or the piped object");
        var current = sources.Contexts.Current;
        // WSL puts the host's name into NAME: only a name that a context has is the runbook's.
        var name = sources.Contexts.All.Any(context => context.ClusterName == sources.Name) ? sources.Name : null;
        if (sources.KopsClusterName is { Length: > 0 } kops)
        {
            if (current?.ClusterName is { } other && other != kops) throw Ambiguous(kops, $"the kube context '{current.Name}' is of '{other}'");
            if (name is not null && name != kops) throw Ambiguous(kops, $"NAME names '{name}'");
            return new Resolved(Checked(kops), "KOPS_CLUSTER_NAME");
        }

        if (name is { Length: > 0 })
        {
            // The runbook's NAME and the current context are both deliberate: going by one of them would be a guess.
            if (current?.ClusterName is { } other && other != name) throw Ambiguous(name, $"the kube context '{current.Name}' is of '{other}'", "NAME");
            return new Resolved(Checked(name), "NAME");
        }

        return current?.ClusterName is { } cluster ? new Resolved(Checked(cluster), $"kube context {current.Name}") : null;
    }

    /// <summary>The name, if it can be one.</summary>
    /// <exception cref="EbsPvException">ClusterNameInvalid.</exception>
    public static string Checked(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // In the place where a name is expected first, an id would find nothing, as if there were nothing.
        if (ResourceId().IsMatch(name))
            throw EbsPvException.Input(
                ErrorIds.ClusterNameInvalid, $"'{name}' is an id of EC2, and stands where a cluster's name belongs.", name, "Give ids of volumes with -VolumeId; a snapshot is found by … | Where-Object SnapshotId -eq snap-….");
        if (name.Length is > 0 and <= MaxLength && Pattern().IsMatch(name)) return name;
        throw EbsPvException.Input(
            ErrorIds.ClusterNameInvalid,
            $"'{Escaped.Text(name)}' cannot be a cluster's name.",
            name,
            $"A cluster's name has 1 to {MaxLength} letters, digits, '-', '_' and '.', and begins with a letter or digit.");
    }

    private static EbsPvException Ambiguous(string name, string contradiction, string variable = "KOPS_CLUSTER_NAME") =>
        EbsPvException.Input(
            ErrorIds.ClusterAmbiguous,
            $"{variable} names the cluster '{name}', but {contradiction}.",
            name,
            $"Say which one is meant: -ClusterName {name}, or kubectl config use-context.");

    [GeneratedRegex(@"^(?:vol|snap|i|ami)-(?:[0-9a-f]{8}|[0-9a-f]{17})\z")]
    private static partial Regex ResourceId();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex Pattern();

    /// <summary>A name and where it came from.</summary>
    public sealed record Resolved(string Name, string Source);
}
