using System.Management.Automation;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.PowerShell.Binding;
using EbsPv.PowerShell.Pipeline;
using EbsPv.Reservations;
using EbsPv.Templates;

namespace EbsPv.PowerShell.Commands;

/// <summary>Writes the manifests that Register-EbsPersistentVolume would post, one text a document: for files, for review, for kubectl apply.
/// It asks no cluster unless -VolumeSource Auto is typed, and converts existing manifests from one source to another.</summary>
[Cmdlet(VerbsData.ConvertTo, "EbsPersistentVolumeManifest")]
[OutputType(typeof(string))]
public sealed class ConvertToEbsPersistentVolumeManifestCommand : RegistrationCommand
{
    private static readonly FactsNeeded Drivers = new(Nodes: true, Drivers: true, Version: true, []);

    private ClusterFacts? _facts;

    /// <summary>Manifests to convert; * and ? are wildcards. Their volumes keep their ids, and what is typed wins over what they say.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Yaml (the default) or Json.</summary>
    [Parameter]
    public ManifestFormat OutputFormat { get; set; }

    private protected override VolumeSource WantedSource => IsTyped(nameof(VolumeSource)) ? VolumeSource : VolumeSource.Csi;

    private protected override void Process()
    {
        if (Path is null)
        {
            base.Process();
            return;
        }

        if (TemplatePath is not null)
            throw EbsPvException.Input(ErrorIds.ManifestParametersConflict, "-Path converts manifests with volumes of their own, and -TemplatePath fills one in.", TemplatePath, "Leave one of them out.");
        foreach (var path in Path.SelectMany(path => PathsOf(path))) Convert(path);
    }

    private protected override IReadOnlyList<PipedVolume> Prepare(IReadOnlyList<PipedVolume> volumes, StatefulSetReference? statefulSet)
    {
        var placed = statefulSet is null
            ? volumes
            : [.. OrdinalReservation.Assign([.. volumes.Select(volume => volume.Volume)], statefulSet, StatefulSetFacts.None, null, RunOptions.Settings).Select(volume => volumes[0] with { Volume = volume })];
        foreach (var json in ManifestComposer.StorageClasses([.. placed.Select(volume => volume.Volume)], RunOptions)) Emit(json);
        return placed;
    }

    private protected override void Handle(PipedVolume volume)
    {
        if (volume.Volume.VolumeId is null) throw PipedVolume.OnlyPlanned(volume.Volume.Name);
        _facts ??= WantedSource == VolumeSource.Auto ? ReadFacts(volume) : ClusterFacts.Unknown;
        Emit(ManifestComposer.PersistentVolume(volume.Volume, RunOptions, _facts));
    }

    private ClusterFacts ReadFacts(PipedVolume volume)
    {
        var cluster = Connect(ContextTyped ? Context : volume.Context);
        return SetUp(() => Pump.Run(stop => ClusterFactsReader.ReadAsync(cluster, Drivers, Reporter, stop)));
    }

    private void Convert(string path)
    {
        foreach (var template in TemplateReader.Read(Connector.Manifests, path))
        {
            var volume = TemplateVolume.Of(template, AvailabilityZone);
            if (volume.AvailabilityZone is null)
                WriteWarning($"ZoneUnknown: {template.Document} does not say in which zone {volume.VolumeId} is, so that its pods can be sent anywhere. Give it with -AvailabilityZone.");
            RegistrationPlanner.Check(volume, RunOptions);
            Handle(new PipedVolume(volume, null));
        }
    }

    private void Emit(string json) => WriteObject(OutputFormat == ManifestFormat.Json ? json : Connector.Manifests.ToYaml(json));
}
