using EbsPv.Volumes;

namespace EbsPv.Ports;

/// <summary>A volume to be made, checked already.</summary>
/// <param name="AvailabilityZone">Where.</param>
/// <param name="Spec">What it shall be; its type is always sent, since EC2's own default is gp2.</param>
/// <param name="Tags">Its tags, in the order in which they are sent: EC2 compares them as parameters of the token.</param>
/// <param name="ClientToken">Up to 64 characters; the same token makes the same volume.</param>
public sealed record NewVolume(
    string AvailabilityZone, VolumeSpec Spec, IReadOnlyList<KeyValuePair<string, string>> Tags, string ClientToken);
