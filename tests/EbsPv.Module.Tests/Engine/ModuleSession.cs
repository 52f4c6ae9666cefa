using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace EbsPv.Module.Tests.Engine;

/// <summary>The real engine in this process, with the module imported from the checkout as a user imports it.</summary>
internal sealed partial class ModuleSession : IDisposable
{
    private readonly RecordingInterface _screen = new();
    private readonly EnvironmentScope _environment;
    private readonly Runspace _runspace;
    private System.Management.Automation.PowerShell? _running;
    private Task _stopping = Task.CompletedTask;

    public ModuleSession(IEnumerable<KeyValuePair<string, string?>>? environment = null, InitialSessionState? state = null)
    {
        _environment = new EnvironmentScope(environment ?? []);
        _runspace = RunspaceFactory.CreateRunspace(new RecordingHost(_screen), state ?? InitialSessionState.CreateDefault2());
        _runspace.Open();
        Run("param($path) Import-Module $path", ("path", Checkout.Manifest)).WithoutErrors();
    }

    public RecordingInterface Screen => _screen;

    /// <summary>Sets a variable of the environment until the session ends.</summary>
    public void Set(string name, string? value) => _environment.Set(name, value);

    public ScriptResult Run(string script, params (string Name, object? Value)[] parameters)
    {
        using var shell = Shell(script, parameters);
        _running = shell;
        _screen.TakeText();
        var output = new PSDataCollection<PSObject>();
        var (failure, stopped) = Invoke(shell, output);
        _running = null;
        // The engine does not bear being disposed of while it is still told to stop.
        _stopping.GetAwaiter().GetResult();
        var errors = shell.Streams.Error.ToList();
        if (failure is not null && !errors.Exists(error => error.Exception == failure.Exception)) errors.Add(failure);
        return new ScriptResult
        {
            Output = [.. output],
            Errors = errors,
            Warnings = [.. shell.Streams.Warning.Select(record => record.Message)],
            Verbose = [.. shell.Streams.Verbose.Select(record => record.Message)],
            HostText = _screen.TakeText(),
            Stopped = stopped,
        };
    }

    public Task<ScriptResult> RunAsync(string script) => Task.Run(() => Run(script));

    /// <summary>What Ctrl+C does.</summary>
    public Task StopAsync()
    {
        var running = _running ?? throw new InvalidOperationException("Nothing runs.");
        return _stopping = Task.Run(running.Stop);
    }

    /// <summary>The text that a user sees of these objects.</summary>
    public string Render(IEnumerable<object> objects) =>
        Colour().Replace(Run("param($objects) $objects | Out-Default", ("objects", objects.ToArray())).HostText, string.Empty);

    public void Dispose()
    {
        _runspace.Dispose();
        _environment.Dispose();
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Colour();

    private System.Management.Automation.PowerShell Shell(string script, (string Name, object? Value)[] parameters)
    {
        var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        foreach (var (name, value) in parameters) shell.AddParameter(name, value);
        return shell;
    }

    private static (ErrorRecord? Failure, bool Stopped) Invoke(System.Management.Automation.PowerShell shell, PSDataCollection<PSObject> output)
    {
        try
        {
            shell.Invoke(Array.Empty<object>(), output);
            return (null, shell.InvocationStateInfo.State == PSInvocationState.Stopped);
        }
        catch (PipelineStoppedException)
        {
            return (null, true);
        }
        catch (RuntimeException failure)
        {
            return (failure.ErrorRecord, false);
        }
    }
}
