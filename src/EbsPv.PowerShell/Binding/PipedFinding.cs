using System.Management.Automation;
using EbsPv.Audit;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Repairs;

namespace EbsPv.PowerShell.Binding;

/// <summary>What came down the pipeline where a finding belongs, as it was made or as Import-Clixml and JSON bring it back.</summary>
internal static class PipedFinding
{
    private static readonly string[] Properties = ["Code", "Target", "Recommendation"];

    public static RepairTarget Target(PSObject? input)
    {
        if (input is null) throw EbsPvException.Input(ErrorIds.InputNull, "$null came down the pipeline where a finding belongs.", null, "Pipe findings in: Test-EbsPersistentVolume | …");
        if (Properties.FirstOrDefault(name => Property(input, name) is null) is { } missing) throw NotOne(input, missing);
        return new RepairTarget(FindingCodes.Checked([Property(input, "Code")!]).Single(), Property(input, "Target")!)
        {
            PersistentVolume = Property(input, "PersistentVolume"),
            PersistentVolumeUid = Property(input, "PersistentVolumeUid"),
            VolumeId = Property(input, "VolumeId"),
        };
    }

    private static string? Property(PSObject input, string name) => PipedPersistentVolume.Property(input, name);

    private static EbsPvException NotOne(PSObject input, string missing) => EbsPvException.Input(
        ErrorIds.InputNotFinding,
        $"'{Escaped.Text(input.ToString())}' is no finding: it has no {missing}.",
        input.ToString(),
        "Pipe findings in: Test-EbsPersistentVolume | Repair-EbsPersistentVolume; for some PersistentVolumes only: Get-EbsPersistentVolume data-* | Test-EbsPersistentVolume | Repair-EbsPersistentVolume.");
}
