using EbsPv.Sandbox.Server;

namespace EbsPv.Sandbox.Demo;

/// <summary>What the sandbox does when it is started without arguments.</summary>
public static class Demonstration
{
    public static string HowToServe => $"""
        A local EC2 and Kubernetes to try EbsPv on. Nothing leaves this machine.

        Keep one up:  dotnet run --project sandbox/EbsPv.Sandbox -- {ServeArguments.Usage}
        """;
}
