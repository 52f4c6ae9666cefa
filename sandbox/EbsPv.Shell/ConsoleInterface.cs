using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace EbsPv.Shell;

/// <summary>Output to the console, with the words pwsh puts before each stream; questions cannot be answered.</summary>
internal sealed class ConsoleInterface : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new ConsoleScreen();

    public override void Write(string value) => Console.Out.Write(Shown(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Console.Out.WriteLine(Shown(value));

    public override void WriteErrorLine(string value) => Console.Error.WriteLine(Shown(value));

    public override void WriteDebugLine(string message) => Console.Out.WriteLine($"DEBUG: {message}");

    public override void WriteVerboseLine(string message) => Console.Out.WriteLine($"VERBOSE: {message}");

    public override void WriteWarningLine(string message) => Console.Out.WriteLine($"WARNING: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override string ReadLine() => Console.In.ReadLine() ?? string.Empty;

    public override SecureString ReadLineAsSecureString() => throw NotAsked();

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) => throw NotAsked();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) => throw NotAsked();

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw NotAsked();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NotAsked();

    // Colours are for a terminal; a file or a pipe gets plain text, as pwsh does it.
    private static string Shown(string value) =>
        Console.IsOutputRedirected ? new StringDecorated(value).ToString(OutputRendering.PlainText) : value;

    private static NotSupportedException NotAsked() => new("The bare engine cannot ask questions: give every parameter.");
}
