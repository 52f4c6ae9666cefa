using System.Runtime.CompilerServices;

namespace EbsPv.Tests;

/// <summary>What every test of this process sees of AWS and Kubernetes: nothing of the machine's.</summary>
internal static class TestEnvironment
{
    [ModuleInitializer]
    internal static void Isolate()
    {
        var nowhere = Path.Combine(Path.GetTempPath(), $"ebspv-tests-{Environment.ProcessId}-none");
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", nowhere);
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", nowhere);
        Environment.SetEnvironmentVariable("KUBECONFIG", nowhere);
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "test");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "test");
        foreach (var name in (string[])["AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "KOPS_CLUSTER_NAME", "NAME"])
            Environment.SetEnvironmentVariable(name, null);
    }
}
