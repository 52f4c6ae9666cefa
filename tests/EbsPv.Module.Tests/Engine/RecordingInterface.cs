using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace EbsPv.Module.Tests.Engine;

/// <summary>Keeps what the host was told to show, and answers questions from a list; a question too many fails.</summary>
internal sealed class RecordingInterface : PSHostUserInterface
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly List<ProgressRecord> _progress = [];

    /// <summary>Labels of the answers to come, as in Yes or No.</summary>
    public Queue<string> Answers { get; } = new();

    public List<string> Questions { get; } = [];

    public override PSHostRawUserInterface RawUI { get; } = new RecordingScreen();

    public IReadOnlyList<ProgressRecord> Progress
    {
        get { lock (_gate) return [.. _progress]; }
    }

    /// <summary>What was shown since the last time.</summary>
    public string TakeText()
    {
        lock (_gate)
        {
            var text = _text.ToString();
            _text.Clear();
            return text;
        }
    }

    public override void Write(string value)
    {
        lock (_gate) _text.Append(value);
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + "\n");

    public override void WriteErrorLine(string value) => WriteLine(value);

    public override void WriteDebugLine(string message)
    {
    }

    public override void WriteVerboseLine(string message)
    {
    }

    public override void WriteWarningLine(string message)
    {
    }

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_gate) _progress.Add(record);
    }

    public override string ReadLine() => throw new NotSupportedException("Nobody types here.");

    public override SecureString ReadLineAsSecureString() => throw new NotSupportedException("Nobody types here.");

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException($"Nobody answers: {message}");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Questions.Add(message);
        var answer = Answers.Dequeue();
        return choices.IndexOf(choices.Single(choice => choice.Label.Replace("&", "") == answer));
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException("Nobody logs in here.");

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw new NotSupportedException("Nobody logs in here.");
}
