using System.Management.Automation;
using EbsPv.Defaults;
using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.PowerShell.Binding;

/// <summary>A folder that new manifests are written to, one file for each PersistentVolume.</summary>
internal sealed class ManifestFolder(string path, bool force, IManifests manifests)
{
    /// <summary>The folder; null when none was typed.</summary>
    /// <exception cref="EbsPvException">PathNotWritable, for an empty path, which would mean the current location.</exception>
    public static ManifestFolder? Of(string? path, Func<string?, string?> resolve, bool force, IManifests manifests)
    {
        if (path is null) return null;
        if (string.IsNullOrWhiteSpace(path))
            throw EbsPvException.Input(ErrorIds.PathNotWritable, "An empty path stands where a folder for manifests belongs. Nothing was changed.", path, "Name a folder with -ManifestPath; . is the current one.");
        try
        {
            return new ManifestFolder(resolve(path)!, force, manifests);
        }
        catch (SessionStateException nowhere)
        {
            throw EbsPvException.Input(ErrorIds.PathNotWritable, $"No manifest can be written to the folder {Escaped.Text(path)}: {nowhere.Message} Nothing was changed.", path, "Name another folder with -ManifestPath.");
        }
    }

    /// <summary>Refuses a folder that cannot be written to, or a file that would be written over, before anything is changed.</summary>
    /// <exception cref="EbsPvException">PathNotWritable, FileExists.</exception>
    public void Check(IEnumerable<string> names)
    {
        Try($"to the folder {path}", " Nothing was changed.", () => TryOut(Nearest(path)));
        if (force || names.FirstOrDefault(name => File.Exists(FileOf(name))) is not { } taken) return;
        throw EbsPvException.Input(ErrorIds.FileExists, $"The file {FileOf(taken)} is there already. Nothing was changed.", FileOf(taken), "Name another folder with -ManifestPath, or write over it with -Force.");
    }

    /// <summary>Makes the folder where it is not there, once it was consented to and before anything else is changed.</summary>
    /// <exception cref="EbsPvException">PathNotWritable.</exception>
    public void Open() => Try($"to the folder {path}", " Nothing was changed.", () =>
    {
        Directory.CreateDirectory(path);
        TryOut(path);
    });

    /// <summary>Writes a manifest: the file is the old one or the new one, never half of it.</summary>
    /// <exception cref="EbsPvException">PathNotWritable: whoever waits for the manifest to be kept goes no further.</exception>
    public void Write(string name, string manifest) => Try($"as {FileOf(name)}", "", () =>
    {
        var file = FileOf(name);
        var next = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllText(next, manifests.ToYaml(manifest));
        File.Move(next, file, overwrite: true);
    });

    private void Try(string where, string consequence, Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw EbsPvException.Input(ErrorIds.PathNotWritable, $"No manifest can be written {where}: {failure.Message}{consequence}", path, "Name another folder with -ManifestPath.");
        }
    }

    private static void TryOut(string folder)
    {
        var trial = Path.Combine(folder, $".ebspv-{Guid.NewGuid():N}");
        File.WriteAllText(trial, "");
        File.Delete(trial);
    }

    // The folder itself, or the one that it will be made in: a rehearsal makes none, nor does a no.
    private static string Nearest(string path)
    {
        if (Directory.Exists(path)) return path;
        if (File.Exists(path)) throw new IOException($"{path} is a file.");
        return Path.GetDirectoryName(path) is { Length: > 0 } parent ? Nearest(parent) : throw new IOException($"There is no folder {path}.");
    }

    private string FileOf(string name) => Path.Combine(path, $"{name}.yaml");
}
