using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Clients.Kubernetes;

/// <summary>Finds the kubeconfig as kubectl does: the file given, the list in KUBECONFIG, ~/.kube/config.</summary>
internal static class KubeconfigLocator
{
    /// <summary>The merged files; null when there is none and none was asked for.</summary>
    public static Kubeconfig? Load(KubeOptions options)
    {
        var paths = Paths(options);
        var existing = paths.Where(Path.Exists).ToList();
        if (options.Kubeconfig is { } given && existing.Count == 0)
            throw new EbsPvException(ErrorKind.NotFound, ErrorIds.KubeconfigNotFound, $"There is no kubeconfig file '{given}'.")
            {
                Target = given,
                RecommendedAction = "Check -Kubeconfig.",
            };
        if (existing.Count == 0) return null;
        var config = new Kubeconfig();
        foreach (var path in existing) KubeconfigReader.MergeFile(config, path);
        return config;
    }

    public static EbsPvException NotFound(KubeOptions options) => new(
        ErrorKind.NotFound,
        ErrorIds.KubeconfigNotFound,
        $"No kubeconfig was found; looked for {string.Join(", ", Paths(options))}.")
    {
        RecommendedAction = "Give its path with -Kubeconfig, or write one: aws eks update-kubeconfig, or kops export kubecfg --admin.",
    };

    private static string[] Paths(KubeOptions options)
    {
        if (options.Kubeconfig is { } given) return [given];
        var list = Environment.GetEnvironmentVariable("KUBECONFIG");
        if (!string.IsNullOrEmpty(list)) return [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(path => Path.Combine(options.Folder ?? "", path))];
        return [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];
    }
}
