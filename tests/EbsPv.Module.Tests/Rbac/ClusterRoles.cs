using EbsPv.Module.Tests.Engine;
using EbsPv.Sandbox.Kubernetes.Rbac;

namespace EbsPv.Module.Tests.Rbac;

/// <summary>The roles of docs/rbac, by the names of their files.</summary>
public static class ClusterRoles
{
    /// <summary>The user who has no role.</summary>
    public const string Nobody = "ebspv-nobody";

    private static readonly string s_folder = Path.Combine(Checkout.Root, "docs", "rbac");

    public static IReadOnlyList<string> Names { get; } = [.. Directory.GetFiles(s_folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    /// <summary>The file as an administrator applies it.</summary>
    public static string Text(string role) => File.ReadAllText(PathOf(role));

    public static RoleFile Load(string role) => RoleFile.Load(PathOf(role));

    /// <summary>The user who has that role and no other; who has none, for null.</summary>
    public static string UserOf(string? role) => role is null ? Nobody : $"ebspv-{role}";

    /// <summary>Every verb on every resource that a role allows.</summary>
    public static IEnumerable<(string Verb, string Resource)> Grants(RoleFile role) =>
        from rule in role.Rules
        from resource in rule.Resources
        from verb in rule.Verbs
        select (verb, resource);

    /// <summary>The role less one grant.</summary>
    public static RoleFile Without(RoleFile role, string verb, string resource) => role with
    {
        Rules =
        [
            .. from rule in role.Rules
               from one in rule.Resources
               select rule with { Resources = [one], Verbs = [.. rule.Verbs.Where(other => (other, one) != (verb, resource))] },
        ],
    };

    private static string PathOf(string role) => Path.Combine(s_folder, $"{role}.yaml");
}
