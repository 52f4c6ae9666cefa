using System.Globalization;
using System.Management.Automation.Host;

namespace EbsPv.Module.Tests.Engine;

/// <summary>A host that shows nothing and remembers everything.</summary>
internal sealed class RecordingHost(RecordingInterface screen) : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "EbsPv.Module.Tests";

    public override PSHostUserInterface UI => screen;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
