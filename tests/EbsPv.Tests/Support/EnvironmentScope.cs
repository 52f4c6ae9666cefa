namespace EbsPv.Tests.Support;

/// <summary>Environment variables for the length of a test, which must be in the collection <see cref="EnvironmentTests"/>.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private readonly List<(string Name, string? Before)> _changed = [];

    public EnvironmentScope(params (string Name, string? Value)[] variables)
    {
        foreach (var (name, value) in variables) Set(name, value);
    }

    public void Set(string name, string? value)
    {
        _changed.Add((name, Environment.GetEnvironmentVariable(name)));
        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach (var (name, before) in Enumerable.Reverse(_changed)) Environment.SetEnvironmentVariable(name, before);
    }
}
