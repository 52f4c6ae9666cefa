using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;

namespace EbsPv.Safety.Tests.Rbac;

/// <summary>Lines that run as a user who has one role of docs/rbac, or part of one, or none.</summary>
public abstract class RoleTests(IBackend backend) : ScenarioBase(backend)
{
    /// <summary>Prepared by the administrator, run by the owner of the kubeconfig.</summary>
    private protected async Task<ScriptResult> RunAsync(RoleLine line, string kubeconfig)
    {
        if (line.KnowsSnapshotContents) await Backend.TeachSnapshotContentsAsync();
        foreach (var (path, body) in line.Objects)
            if (await Backend.Kube.FindAsync($"{path}/{Name(body)}") is null)
                await Backend.Kube.CreateAsync(path, body);
        if (line.Before.Length > 0) Session.Run(line.Before).WithoutErrors();
        Session.Set("KUBECONFIG", kubeconfig);
        return Session.Run(line.Script);
    }
}
