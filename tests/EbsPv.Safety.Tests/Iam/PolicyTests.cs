using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;

namespace EbsPv.Safety.Tests.Iam;

/// <summary>Lines that run with credentials that have one policy of docs/iam, or part of one, or none. Only the sandbox evaluates policies.</summary>
public abstract class PolicyTests(SandboxBackend backend) : SandboxTests(backend)
{
    /// <summary>Prepared by the administrator, run by the owner of the key.</summary>
    private protected async Task<ScriptResult> RunAsync(PolicyLine line, string accessKeyId)
    {
        if (line.Volume is { } volume) await Admin.AddVolumesAsync(volume);
        if (line.Snapshot is { } snapshot) await Admin.AddSnapshotAsync(snapshot);
        if (line.Before.Length > 0) Session.Run(line.Before).WithoutErrors();
        await Admin.ClearLedgerAsync();
        if (line.LosesAnswerOf is { } operation) await Admin.AddFaultAsync(new { kind = "CutAfter", operation });
        Session.Set("AWS_ACCESS_KEY_ID", accessKeyId);
        return Session.Run(line.Script);
    }

    /// <summary>All that was said, wherever.</summary>
    private protected static IEnumerable<string> Said(ScriptResult result) =>
        result.Errors.Select(error => error.Exception.Message).Concat(result.Warnings).Concat(result.Verbose);
}
