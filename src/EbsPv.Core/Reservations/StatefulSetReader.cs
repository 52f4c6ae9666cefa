using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Reservations;

/// <summary>Reads a StatefulSet and the claims that are there.</summary>
public static class StatefulSetReader
{
    /// <summary>The facts, in three calls at most.</summary>
    /// <exception cref="EbsPvException">ClaimTemplateNotFound, and what the API server refuses.</exception>
    public static async Task<StatefulSetFacts> ReadAsync(ICluster cluster, StatefulSetReference reference, IReporter reporter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(reporter);
        var set = await cluster.GetStatefulSetAsync(reference.Namespace, reference.Name, cancellationToken).ConfigureAwait(false);
        var (claims, _) = await cluster.ListClaimsAsync(reference.Namespace, cancellationToken).ConfigureAwait(false);
        if (set is null)
        {
            reporter.Warning($"StatefulSetMissing: there is no StatefulSet {reference.Name} in the namespace {reference.Namespace} yet: ordinals count from 0, and its template {reference.ClaimTemplate} has to ask for the class and modes that the volumes get.");
            return new StatefulSetFacts(null, null, null, claims);
        }

        var template = set.ClaimTemplates.FirstOrDefault(one => one.Name == reference.ClaimTemplate) ?? throw NoTemplate(set, reference);
        var storageClass = template.StorageClassName ?? await DefaultClassAsync(cluster, cancellationToken).ConfigureAwait(false);
        return new StatefulSetFacts(set, template, storageClass, claims);
    }

    // A claim without a class gets the cluster's default when it is made, and none where there is none.
    private static async Task<string> DefaultClassAsync(ICluster cluster, CancellationToken cancellationToken)
    {
        var classes = await cluster.ListStorageClassesAsync(cancellationToken).ConfigureAwait(false);
        return classes.FirstOrDefault(one => one.IsDefault)?.Name ?? "";
    }

    private static EbsPvException NoTemplate(StatefulSetInfo set, StatefulSetReference reference)
    {
        var names = set.ClaimTemplates.Select(one => one.Name).ToList();
        return new EbsPvException(
            ErrorKind.NotFound,
            ErrorIds.ClaimTemplateNotFound,
            $"The StatefulSet {reference.Namespace}/{reference.Name} has no claim template '{Defaults.Escaped.Text(reference.ClaimTemplate)}'; {(names.Count == 0 ? "it has none at all" : $"it has {string.Join(", ", names)}")}.")
        {
            Target = reference.ClaimTemplate,
            RecommendedAction = "Give one of them with -ClaimTemplate.",
        };
    }
}
