using EbsPv.Audit;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Pricing;

namespace EbsPv.Repairs;

/// <summary>Looks whether findings are there, by a new audit of what they are about.</summary>
internal sealed class SecondLook(IEc2 ec2, ICluster cluster, string clusterName, IReporter reporter, TimeProvider time)
{
    private static readonly VolumePrices NoPrices = VolumePrices.Read(null);

    /// <summary>The drivers that the cluster has, as of the last look.</summary>
    public IReadOnlySet<string> Drivers { get; private set; } = new HashSet<string>();

    /// <summary>Those that are there, by code and target.</summary>
    public async Task<IReadOnlyDictionary<(string Code, string Target), EbsPersistentVolumeFinding>> FindAsync(IReadOnlyList<RepairTarget> targets, CancellationToken cancellationToken)
    {
        // Whose cluster it is has been settled before.
        var options = new AuditOptions(clusterName)
        {
            Codes = targets.Select(target => target.Code).ToHashSet(StringComparer.Ordinal),
            Subjects = [.. targets.Select(target => new AuditSubject(target.PersistentVolume, target.VolumeId)).Distinct()],
            SkipClusterCheck = true,
        };
        var facts = await AuditFactsReader.ReadAsync(ec2, cluster, options, NoPrices, reporter, time, cancellationToken).ConfigureAwait(false);
        Drivers = facts.Drivers;
        var found = new Dictionary<(string, string), EbsPersistentVolumeFinding>();
        if (targets.Count == 0) return found;
        try
        {
            await foreach (var finding in AuditRun.FindAsync(ec2, facts, options, cancellationToken).ConfigureAwait(false)) found[(finding.Code, finding.Target)] = finding;
        }
        catch (EbsPvException missing) when (missing.Kind == ErrorKind.NotFound)
        {
            // It comes last, after all others: what is gone needs no repair.
            reporter.Verbose(missing.Message);
        }

        return found;
    }
}
