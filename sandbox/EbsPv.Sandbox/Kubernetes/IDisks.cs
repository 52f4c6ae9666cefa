namespace EbsPv.Sandbox.Kubernetes;

/// <summary>EC2, as far as the controllers of the CSI driver ask it.</summary>
public interface IDisks
{
    /// <summary>Attaches a volume to an instance; one that is attached there already stays so.</summary>
    /// <returns>What EC2 says against it; null when it is attached.</returns>
    string? Attach(string volumeId, string instanceId);

    /// <summary>Detaches a volume from an instance. In a zone that has failed it stays detaching until the zone is back.</summary>
    void Detach(string volumeId, string instanceId);

    /// <summary>Deletes a volume; one that is not there any more is deleted.</summary>
    /// <returns>What EC2 says against it; null when it is deleted.</returns>
    string? Delete(string volumeId);

    /// <summary>Sees to it that a volume has a size in GiB, or more.</summary>
    /// <returns>Whether it has it by now, and what EC2 says against it.</returns>
    (bool IsDone, string? Problem) Grow(string volumeId, int size);
}
