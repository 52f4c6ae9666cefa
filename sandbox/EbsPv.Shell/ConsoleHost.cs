using System.Globalization;
using System.Management.Automation.Host;

namespace EbsPv.Shell;

/// <summary>The console as the engine's host.</summary>
internal sealed class ConsoleHost : PSHost
{
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "EbsPv.Shell";

    public override PSHostUserInterface UI { get; } = new ConsoleInterface();

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException("The bare engine has no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("The bare engine has no nested prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
}
