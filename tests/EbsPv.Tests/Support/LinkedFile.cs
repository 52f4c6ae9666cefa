namespace EbsPv.Tests.Support;

/// <summary>Puts a link to a file of another folder in a file's place, until it is disposed.</summary>
internal sealed class LinkedFile : IDisposable
{
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("ebspv-link-");
    private readonly string _path;

    public LinkedFile(string path)
    {
        _path = path;
        var target = Path.Combine(_elsewhere.FullName, Path.GetFileName(path));
        File.Move(path, target);
        File.CreateSymbolicLink(path, target);
    }

    public void Dispose()
    {
        File.Delete(_path);
        File.WriteAllText(_path, "");
        _elsewhere.Delete(recursive: true);
    }
}
