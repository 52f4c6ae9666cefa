using EbsPv.Errors;

namespace EbsPv.Volumes;

/// <summary>The states of a volume.</summary>
/// <remarks>Source: Volume of the EC2 API reference.</remarks>
public static class VolumeStates
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["creating", "available", "in-use", "deleting", "deleted", "error"];

    /// <summary>The state in EC2's spelling.</summary>
    /// <exception cref="EbsPvException">VolumeStateUnknown.</exception>
    public static string Checked(string state) =>
        Names.FirstOrDefault(name => name.Equals(state, StringComparison.OrdinalIgnoreCase)) ?? throw EbsPvException.Input(
            ErrorIds.VolumeStateUnknown,
            $"EBS has no volume state '{Defaults.Escaped.Text(state)}'.",
            state,
            $"Use one of {string.Join(", ", Names)}.");
}
