namespace EbsPv.Clients.Kubernetes;

/// <summary>A request, as errors and -Verbose name it.</summary>
internal sealed record KubeCall(string Context, string Server, string Verb, string Resource, string Name)
{
    public override string ToString() => Name.Length == 0 ? $"{Verb} {Resource}" : $"{Verb} {Resource} {Name}";
}
