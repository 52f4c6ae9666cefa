using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.PowerShell.Binding;

/// <summary>Which zones a piped object names.</summary>
internal static class PipedZone
{
    public static IReadOnlyList<string> NamesOf(PSObject? input, string[]? zones, bool isPiped)
    {
        if (isPiped && input is null)
            throw EbsPvException.Input(ErrorIds.InputNull, "$null came down the pipeline where a zone belongs.", null, "Pipe zones in: Get-WorkerZone | New-ClusterEbsVolume -Size 10.");
        if (isPiped && input?.BaseObject is string name) return [Spelled(name)];
        if (isPiped && input?.Properties["VolumeId"] is not null)
            throw EbsPvException.Input(ErrorIds.InputNotZone, $"'{Escaped.Text(input.ToString())}' is a volume, and a zone belongs here.", input.ToString(), "Register volumes with Register-EbsPersistentVolume; make new ones from zones.");
        var names = (zones ?? []).Where(zone => !string.IsNullOrEmpty(zone)).ToList();
        if (names.Count == 0 && isPiped)
            throw EbsPvException.Input(
                ErrorIds.InputNotZone, $"'{Escaped.Text(input?.ToString())}' has no AvailabilityZone, and a zone belongs here.", input?.ToString(), "Pipe zones of Get-WorkerZone, or names such as eu-west-1b.");
        return names.ConvertAll(Spelled);
    }

    // Zones are lower case, and case is kept out of what users type.
    private static string Spelled(string zone) => zone.Trim().ToLowerInvariant();
}
