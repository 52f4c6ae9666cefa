namespace EbsPv.Ports;

/// <summary>The object that controls another one.</summary>
/// <param name="ApiVersion">Its API, as in <c>apps/v1</c>.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name.</param>
public sealed record ObjectReference(string ApiVersion, string Kind, string Name)
{
    /// <summary>Kind and name.</summary>
    public override string ToString() => $"{Kind} {Name}";
}
