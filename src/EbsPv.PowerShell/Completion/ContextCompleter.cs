using EbsPv.Ports;
using EbsPv.PowerShell.Loading;

namespace EbsPv.PowerShell.Completion;

/// <summary>Contexts of the kubeconfig.</summary>
public sealed class ContextCompleter : ListCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Candidates() => Connectors.Instance.ReadContexts(new KubeOptions()).All.Select(context => context.Name);
}
