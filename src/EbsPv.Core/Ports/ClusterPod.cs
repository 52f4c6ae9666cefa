namespace EbsPv.Ports;

/// <summary>A pod that mounts claims.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="ClaimNames">The claims of its namespace that it mounts.</param>
public sealed record ClusterPod(string Namespace, string Name, IReadOnlyList<string> ClaimNames)
{
    /// <summary>The node that it was sent to; null while no node was found for it.</summary>
    public string? NodeName { get; init; }

    /// <summary>Pending, Running, Succeeded, Failed or Unknown.</summary>
    public string Phase { get; init; } = "Pending";

    /// <summary>Whether it is being deleted.</summary>
    public bool IsTerminating { get; init; }

    /// <summary>What controls it; null when nobody makes it anew.</summary>
    public ObjectReference? Owner { get; init; }

    /// <summary>Whether its containers have ended for good: it holds no disk any more.</summary>
    public bool IsFinished => Phase is "Succeeded" or "Failed";

    /// <summary>Namespace and name.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
