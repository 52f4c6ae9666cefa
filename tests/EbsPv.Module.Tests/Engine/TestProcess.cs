using System.Runtime.CompilerServices;

namespace EbsPv.Module.Tests.Engine;

/// <summary>The surroundings of this process and its children: nothing of the machine's own AWS or Kubernetes set-up is seen.</summary>
internal static class TestProcess
{
    /// <summary>EC2's own rates would make a few hundred volumes take a minute; pacing is tested where a test says so.</summary>
    public const string FastRates =
        "CreateVolume=10000:5000;DescribeVolumes=10000:5000;DescribeInstances=10000:5000;DescribeAvailabilityZones=10000:5000;"
        + "ModifyVolume=10000:5000;DescribeVolumesModifications=10000:5000;CreateSnapshot=10000:5000;DescribeSnapshots=10000:5000;DeleteVolume=10000:5000";

    private static readonly string[] Cleared =
    [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL_STS",
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "KOPS_CLUSTER_NAME", "NAME",
        "EBSPV_VOLUME_LIMITS", "KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT",
    ];

    /// <summary>A folder of this run, removed at its end.</summary>
    public static string Folder { get; } = Directory.CreateTempSubdirectory("ebspv-tests-").FullName;

    /// <summary>A fresh folder below <see cref="Folder"/>.</summary>
    public static string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, $"{name}-{Guid.NewGuid():N}")).FullName;

    [ModuleInitializer]
    internal static void SetUp()
    {
        foreach (var name in Cleared) Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", Path.Combine(Folder, "no-aws-config"));
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(Folder, "no-aws-credentials"));
        Environment.SetEnvironmentVariable("KUBECONFIG", Path.Combine(Folder, "no-kubeconfig"));
        Environment.SetEnvironmentVariable("EBSPV_EC2_RATES", FastRates);
        Environment.SetEnvironmentVariable("NO_PROXY", "127.0.0.1,localhost");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove();
    }

    private static void Remove()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A server that is still ending holds a file: the system's own clean-up of the temporary folder takes it.
        }
    }
}
