using EbsPv.Sandbox.Kubernetes.Validation;

namespace EbsPv.Sandbox.Kubernetes;

/// <summary>The dryRun parameter: "All" or nothing.</summary>
public static class DryRun
{
    public static bool Asked(ApiRequest request) => request.Option("dryRun") == "All";

    public static void Check(ApiRequest request, string optionsKind)
    {
        if (!request.Query.ContainsKey("dryRun") || Asked(request)) return;
        var errors = new FieldErrors();
        errors.NotSupported("dryRun", request.Option("dryRun"), "All");
        errors.ThrowIfAny("meta.k8s.io", optionsKind, "");
    }
}
