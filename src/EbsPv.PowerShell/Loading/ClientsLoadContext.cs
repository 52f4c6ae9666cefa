using System.Reflection;
using System.Runtime.Loader;
using EbsPv.Ports;

namespace EbsPv.PowerShell.Loading;

/// <summary>
/// The wall between our dependencies and those of other modules in the session: what stands in <c>bin/lib</c> is loaded here and nowhere
/// else. Core is not among it: its types are the ones that users touch, and there is one copy of them, in the visible context.
/// </summary>
internal sealed class ClientsLoadContext(string folder) : AssemblyLoadContext("EbsPv")
{
    private static readonly Assembly Core = typeof(IConnector).Assembly;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == Core.GetName().Name) return Core;
        var path = Path.Combine(folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
