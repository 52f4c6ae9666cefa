namespace EbsPv.Ports;

/// <summary>A snapshot to be made. EC2 takes no token for it: the operation, among its tags, is how it is found again.</summary>
/// <param name="VolumeId">Of which volume.</param>
/// <param name="Operation">The id of what makes it, 1 to 256 characters; with the volume it names this one snapshot.</param>
/// <param name="Description">Up to 255 characters.</param>
/// <param name="Tags">Its tags, the operation's among them.</param>
public sealed record NewSnapshot(
    string VolumeId, string Operation, string Description, IReadOnlyList<KeyValuePair<string, string>> Tags);
