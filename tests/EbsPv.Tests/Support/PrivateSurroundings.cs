using System.Runtime.CompilerServices;

namespace EbsPv.Tests.Support;

/// <summary>Nothing of the machine's own AWS and Kubernetes settings reaches a test, and no test asks the metadata address or a proxy.</summary>
internal static class PrivateSurroundings
{
    public const string AccessKey = "AKIASANDBOXSANDBOX12";

    /// <summary>Secrets that must not turn up in any text that a user may see.</summary>
    public const string SecretKey = "canary+Secret/Key0123456789abcdefghijklm", SessionToken = "canary+Session/Token0123456789abcdef==", KubeToken = "canary-kube-token-0123456789";

    public static readonly string[] Canaries = [SecretKey, SessionToken, KubeToken, "canary"];

    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("ebspv-tests-");

    /// <summary>The SDK reads the variables once in a process, and goes to ~/.aws where they name no file: these are always there.</summary>
    public static string ConfigFile => Path.Combine(Folder.FullName, "config");

    public static string CredentialsFile => Path.Combine(Folder.FullName, "credentials");

    [ModuleInitializer]
    public static void Set()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsForeign)) Environment.SetEnvironmentVariable(name, null);
        EmptyFiles();
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", ConfigFile);
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", CredentialsFile);
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", SecretKey);
        Environment.SetEnvironmentVariable("AWS_SESSION_TOKEN", SessionToken);
        Environment.SetEnvironmentVariable("KUBECONFIG", Path.Combine(Folder.FullName, "kubeconfig"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Delete(recursive: true);
    }

    public static void EmptyFiles()
    {
        File.WriteAllText(ConfigFile, "");
        File.WriteAllText(CredentialsFile, "");
    }

    private static bool IsForeign(string name) =>
        name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("EBSPV_", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)
        || name is "KOPS_CLUSTER_NAME" or "NAME" or "KUBERNETES_SERVICE_HOST";
}
