using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Kubernetes;

namespace EbsPv.Sandbox.Server;

/// <summary>How to start a sandbox.</summary>
public sealed record SandboxOptions
{
    /// <summary>Port of EC2 and STS; 0 for a free one.</summary>
    public int Ec2Port { get; init; }

    /// <summary>Port of Kubernetes; 0 for a free one.</summary>
    public int KubernetesPort { get; init; }

    /// <summary>How many times as fast as the machine's the sandbox's clock runs. One billionth is a clock that stands still.</summary>
    public double ClockScale { get; init; } = 1;

    public Ec2Settings Ec2 { get; init; } = new();

    /// <summary>Whether it starts with the kops cluster, or with nothing.</summary>
    public bool Seed { get; init; } = true;

    /// <summary>What kind of API server it is; asked again at each reset.</summary>
    public Func<KubernetesOptions> Kubernetes { get; init; } = () => new KubernetesOptions();
}
