using System.Diagnostics;
using System.Text;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Runs a command to its end, and keeps a bounded part of what it says.</summary>
internal static class ExecProcess
{
    private const int MaxOutput = 1024 * 1024;
    private const int MaxErrors = 2_000;

    /// <exception cref="OperationCanceledException">It was ended, with all that it had started.</exception>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var output = EndAsync(process.StandardOutput, MaxOutput, cancellationToken);
            var errors = EndAsync(process.StandardError, MaxErrors, cancellationToken);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return (process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    // Read on beyond what is kept: a command that nobody listens to would wait for ever. What it says last tells most.
    private static async Task<string> EndAsync(StreamReader from, int most, CancellationToken cancellationToken)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            kept.Append(buffer, 0, count);
            if (kept.Length > 2 * most) kept.Remove(0, kept.Length - most);
        }

        return kept.Length > most ? kept.ToString(kept.Length - most, most) : kept.ToString();
    }
}
