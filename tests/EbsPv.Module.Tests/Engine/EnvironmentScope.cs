namespace EbsPv.Module.Tests.Engine;

/// <summary>Environment variables for the length of a test.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public EnvironmentScope(IEnumerable<KeyValuePair<string, string?>> variables)
    {
        foreach (var (name, value) in variables) Set(name, value);
    }

    public void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before) Environment.SetEnvironmentVariable(name, value);
    }
}
