using Xunit;

namespace EbsPv.Module.Tests.Engine;

/// <summary>How a script ended in a process of its own, and what it printed.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public ShellResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return this;
    }
}
