using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.PowerShell.Binding;

/// <summary>A folder that new manifests are written to, one file for each PersistentVolume.</summary>
internal sealed class ManifestFolder(string path, bool force, IManifests manifests)
{
    /// <summary>Refuses a file that would be written over.</summary>
    /// <exception cref="EbsPvException">FileExists.</exception>
    public void Check(IEnumerable<string> names)
    {
        if (force || names.FirstOrDefault(name => File.Exists(FileOf(name))) is not { } taken) return;
        throw EbsPvException.Input(ErrorIds.FileExists, $"The file {FileOf(taken)} is there already. Nothing was changed.", FileOf(taken), "Name another folder with -ManifestPath, or write over it with -Force.");
    }

    /// <summary>Makes the folder where it is not there, and refuses one that cannot be written to, before anything else is changed.</summary>
    /// <exception cref="EbsPvException">PathNotWritable.</exception>
    public void Open() => Try($"to the folder {path}", () =>
    {
        Directory.CreateDirectory(path);
        var trial = Path.Combine(path, $".ebspv-{Guid.NewGuid():N}");
        File.WriteAllText(trial, "");
        File.Delete(trial);
    });

    /// <summary>Writes a manifest: the file is the old one or the new one, never half of it.</summary>
    /// <exception cref="EbsPvException">PathNotWritable: whoever waits for the manifest to be kept goes no further.</exception>
    public void Write(string name, string manifest) => Try($"as {FileOf(name)}", () =>
    {
        var file = FileOf(name);
        var next = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllText(next, manifests.ToYaml(manifest));
        File.Move(next, file, overwrite: true);
    });

    private void Try(string where, Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw EbsPvException.Input(ErrorIds.PathNotWritable, $"No manifest can be written {where}: {failure.Message}", path, "Name another folder with -ManifestPath.");
        }
    }

    private string FileOf(string name) => Path.Combine(path, $"{name}.yaml");
}
