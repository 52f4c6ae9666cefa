namespace EbsPv.Templates;

/// <summary>What one term of a node affinity says of zones.</summary>
/// <param name="In">The zones that it names; null when it names none, which leaves all.</param>
/// <param name="NotIn">The zones that it leaves out.</param>
public sealed record ZoneTerm(IReadOnlyList<string>? In, IReadOnlyList<string> NotIn)
{
    /// <summary>Whether pods may run in a zone.</summary>
    public bool Allows(string zone) => (In is null || In.Contains(zone)) && !NotIn.Contains(zone);
}
