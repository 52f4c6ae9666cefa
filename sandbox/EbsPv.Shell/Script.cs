using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace EbsPv.Shell;

/// <summary>Runs a script in the bare PowerShell engine, printing as pwsh -File would. What the engine alone lacks are the Utility and
/// Management cmdlets (Select-Object, Write-Host, Set-Content and the like).</summary>
internal static class Script
{
    public static int Run(string text, IReadOnlyList<string> arguments)
    {
        var host = new ConsoleHost();
        var state = InitialSessionState.CreateDefault2();
        using var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            shell.BeginStop(null, null);
        };
        shell.AddScript(text).AddParameters(arguments.ToList());
        // Merged into the pipeline so that errors stand where they happened, between the results.
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        try
        {
            shell.Invoke();
        }
        catch (PipelineStoppedException)
        {
            return 130;
        }
        catch (RuntimeException failure)
        {
            host.UI.WriteErrorLine(failure.ErrorRecord.ErrorDetails?.Message ?? failure.Message);
            return 1;
        }

        if (host.ExitCode is { } code) return code;
        return shell.HadErrors ? 1 : 0;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("usage: EbsPv.Shell -File SCRIPT.ps1 [argument ...] | -Command TEXT");
        return 2;
    }
}
