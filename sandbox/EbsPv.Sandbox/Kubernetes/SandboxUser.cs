namespace EbsPv.Sandbox.Kubernetes;

/// <summary>Who a bearer token stands for.</summary>
/// <param name="Name">Named in the message of a 403.</param>
/// <param name="Allowed">Pairs of verb and resource ("get persistentvolumes", "* nodes", "list *"); null for everything.</param>
public sealed record SandboxUser(string Name, IReadOnlyList<string>? Allowed = null)
{
    public bool May(string verb, string resource) =>
        Allowed is null || Allowed.Any(pair => Covers(pair, verb, resource));

    private static bool Covers(string pair, string verb, string resource)
    {
        var words = pair.Split(' ', 2);
        return words.Length == 2 && (words[0] == "*" || words[0] == verb) && (words[1] == "*" || words[1] == resource);
    }
}
