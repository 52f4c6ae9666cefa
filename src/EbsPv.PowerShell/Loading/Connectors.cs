using EbsPv.Ports;

namespace EbsPv.PowerShell.Loading;

/// <summary>The connector of the session, made at the first call: importing the module loads none of its dependencies.</summary>
internal static class Connectors
{
    private static readonly Lazy<IConnector> Shared = new(Create);

    public static IConnector Instance => Shared.Value;

    private static IConnector Create()
    {
        var folder = Path.Combine(Path.GetDirectoryName(typeof(Connectors).Assembly.Location)!, "lib");
        var clients = new ClientsLoadContext(folder).LoadFromAssemblyPath(Path.Combine(folder, "EbsPv.Clients.dll"));
        return (IConnector)Activator.CreateInstance(clients.GetType("EbsPv.Clients.Connector", throwOnError: true)!)!;
    }
}
