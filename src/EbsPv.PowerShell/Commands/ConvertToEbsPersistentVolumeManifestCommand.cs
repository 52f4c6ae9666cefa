using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
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

    // What says which volume it is belongs to the manifest.
    private static readonly string[] NotWithPath = [nameof(TemplatePath), nameof(VolumeId), nameof(Size), nameof(Region)];

    private readonly HashSet<string> _warned = new(StringComparer.Ordinal);
    private readonly WarningTally _tally = new();
    private ClusterFacts? _facts;

    /// <summary>Asks no cluster unless that is typed.</summary>
    public ConvertToEbsPersistentVolumeManifestCommand() => VolumeSource = VolumeSource.Csi;

    /// <summary>Manifests to convert; * and ? are wildcards. Their volumes keep their ids, and what is typed wins over what they say.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Yaml (the default) or Json.</summary>
    [Parameter]
    public ManifestFormat OutputFormat { get; set; }

    private protected override void CheckTyped()
    {
        if (Path is null) return;
        if (MyInvocation.ExpectingInput) throw Conflict("volumes came down the pipeline", "Leave -Path out to write manifests of the piped volumes, or give -Path alone.");
        if (Array.Find(NotWithPath, IsTyped) is { } other) throw Conflict($"-{other} is for volumes that are given", $"Leave -{other} or -Path out.");
        if (AvailabilityZone is not null) _ = ZoneName.RegionOf(AvailabilityZone);
    }

    private protected override void Process()
    {
        if (Path is null)
        {
            base.Process();
            return;
        }

        foreach (var path in Path) Convert(path);
    }

    private protected override void End()
    {
        base.End();
        foreach (var warning in _tally.Texts()) WriteWarning(warning);
    }

    private protected override IReadOnlyList<PipedVolume> Prepare(IReadOnlyList<PipedVolume> volumes, StatefulSetReference? statefulSet)
    {
        var placed = statefulSet is null
            ? volumes
            : [.. OrdinalReservation.Assign([.. volumes.Select(volume => volume.Volume)], statefulSet, StatefulSetFacts.None, null, RunOptions.Settings).Volumes.Select(volume => volumes[0] with { Volume = volume })];
        foreach (var json in ManifestComposer.StorageClasses([.. placed.Select(volume => volume.Volume)], RunOptions)) Emit(json);
        return placed;
    }

    private protected override void Handle(PipedVolume volume)
    {
        if (volume.Volume.VolumeId is null) throw PipedVolume.OnlyPlanned(volume.Volume.Name, "Run New-ClusterEbsVolume without -WhatIf first: a manifest names the volume by its id.");
        _facts ??= VolumeSource == VolumeSource.Auto ? ReadFacts(volume) : ClusterFacts.Unknown;
        var spec = ManifestComposer.PersistentVolume(volume.Volume, RunOptions, _facts);
        foreach (var warning in RegistrationPlanner.Contents(volume.Volume, spec).Where(_warned.Add)) WriteWarning(warning);
        Emit(PersistentVolumeDocument.ToJson(spec));
    }

    private ClusterFacts ReadFacts(PipedVolume volume)
    {
        var cluster = Connect(ContextTyped ? Context : volume.Context);
        return SetUp(() => Pump.Run(stop => ClusterFactsReader.ReadAsync(cluster, Drivers, Reporter, stop)));
    }

    // A file, or a document, that cannot be taken is its own error; the others go on.
    private void Convert(string path)
    {
        try
        {
            foreach (var file in ManifestPaths.All(SessionState, path)) ConvertFile(file);
        }
        catch (EbsPvException failure)
        {
            Refuse(failure, path);
        }
    }

    private void ConvertFile(string file)
    {
        try
        {
            var documents = TemplateReader.Documents(Connector.Manifests, file);
            if (documents.Count == 0) throw EbsPvException.Input(ErrorIds.ManifestInvalid, $"{Escaped.Text(file)} has no document.", file, "Is that the right file?");
            foreach (var document in documents) Convert(document);
        }
        catch (EbsPvException failure)
        {
            Refuse(failure, file);
        }
    }

    private void Convert(ManifestDocument document)
    {
        try
        {
            var template = TemplateReader.Parse(Connector.Manifests, document);
            var volume = TemplateVolume.Of(template, AvailabilityZone);
            if (volume.AvailabilityZone is null)
                _tally.Note(new SharedWarning("ZoneUnknown", "the manifest does not say the zone of", $"{volume.VolumeId} ({template.Document})", "Pods that use them can be sent anywhere: give the zone with -AvailabilityZone."));
            Accept(new PipedVolume(volume, null));
        }
        catch (EbsPvException failure)
        {
            Refuse(failure, document.Path);
        }
    }

    private static EbsPvException Conflict(string what, string action) => EbsPvException.Input(
        ErrorIds.ManifestParametersConflict, $"-Path converts manifests with volumes of their own, and {what}.", null, action);

    // What shows it, or writes it to a file, ends the last line.
    private void Emit(string json) => WriteObject(OutputFormat == ManifestFormat.Json ? json : Connector.Manifests.ToYaml(json).TrimEnd('\n'));
}
