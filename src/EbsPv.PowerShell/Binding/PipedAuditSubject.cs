using EbsPv.Audit;
using EbsPv.PowerShell.Commands;
using EbsPv.Volumes;

namespace EbsPv.PowerShell.Binding;

/// <summary>What came down the pipeline to be audited: PersistentVolumes, volumes, or texts that name one.</summary>
internal static class PipedAuditSubject
{
    public static IEnumerable<AuditSubject> Read(TestEbsPersistentVolumeCommand from)
    {
        if (from.MyInvocation.ExpectingInput)
        {
            var input = PipedPersistentVolume.Input(from.MyInvocation, from.InputObject);
            var planned = PipedPersistentVolume.Planned(input);
            if (planned is not null) throw PipedPersistentVolume.OnlyPlanned(planned.Name);
            // A PersistentVolume may stand for what is no volume at all, which is to be found.
            var volumeId = input is not null && PipedPersistentVolume.IsPersistentVolume(input) ? null : from.VolumeId?.FirstOrDefault();
            var wanted = PipedPersistentVolume.Wanted(input, null, volumeId);
            return [new AuditSubject(wanted.Name, wanted.VolumeId)];
        }

        return
        [
            .. (from.Name ?? []).Select(name => new AuditSubject(PipedPersistentVolume.Named(name), null)),
            .. (from.VolumeId ?? []).Select(id => new AuditSubject(null, VolumeIdRule.Checked(id))),
        ];
    }
}
