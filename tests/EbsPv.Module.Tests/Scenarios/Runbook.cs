namespace EbsPv.Module.Tests.Scenarios;

/// <summary>The shell runbook's own pv.yml: three PersistentVolumes for the in-tree driver, with placeholders, and a separator at the end.</summary>
internal static class Runbook
{
    public static string Manifest { get; } = string.Concat(Enumerable.Range(1, 3).Select(number => Document($"manual-ebs-0{number}", $"REPLACE_ME_{number}")));

    /// <summary>A document as the runbook has it.</summary>
    /// <param name="name">Name of the PersistentVolume.</param>
    /// <param name="volumeId">What stands where the volume's id belongs.</param>
    /// <param name="spec">More of the spec, one line a field.</param>
    public static string Document(string name, string volumeId, params string[] spec) => $"""
        kind: PersistentVolume
        apiVersion: v1
        metadata:
          name: {name}
          labels:
            type: ebs
        spec:
          storageClassName: manual-ebs
          capacity:
            storage: 10Gi
          accessModes:
            - ReadWriteOnce
        {string.Concat(spec.Select(line => $"  {line}\n"))}  awsElasticBlockStore:
            volumeID: {volumeId}
            fsType: ext4
        ---

        """;
}
