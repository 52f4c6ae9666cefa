using System.Globalization;
using EbsPv.Defaults;
using EbsPv.Errors;

namespace EbsPv.PersistentVolumes;

/// <summary>How an EBS volume can be given to a pod: as a file system or as a device, and with which options.</summary>
/// <remarks>Source: the EBS CSI driver's documentation of its parameters and volume attributes.</remarks>
public static class MountRules
{
    /// <summary>The volume is mounted.</summary>
    public const string Filesystem = "Filesystem";

    /// <summary>The volume is handed on as a device.</summary>
    public const string Block = "Block";

    /// <summary>The attribute that CSI drivers read the partition from.</summary>
    public const string PartitionAttribute = "partition";

    // What Kubernetes takes for the in-tree source; no device has more.
    private const int MaxPartition = 255;

    private static readonly string[] KnownFileSystems = ["ext4", "ext3", "xfs", "ntfs"];

    // As the driver spells them where it looks them up, in small letters: only parameters of a storage class are taken in any case.
    private static readonly string[] KnownAttributes =
    [
        PartitionAttribute, "blocksize", "inodesize", "bytesperinode", "numberofinodes", "ext4bigalloc", "ext4clustersize", "ext4encryptionsupport",
        "blockattachuntilinitialized",
    ];

    /// <summary>The file systems that the EBS CSI driver knows.</summary>
    public static IReadOnlyList<string> FileSystems => KnownFileSystems;

    /// <summary>The file system in its driver's spelling.</summary>
    /// <exception cref="EbsPvException">FsTypeUnsupported.</exception>
    public static string? CheckedFileSystem(string? fileSystem)
    {
        if (fileSystem is null) return null;
        return Array.Find(KnownFileSystems, known => known.Equals(fileSystem, StringComparison.OrdinalIgnoreCase)) ?? throw EbsPvException.Input(
            ErrorIds.FsTypeUnsupported,
            $"The EBS CSI driver does not know the file system '{Escaped.Text(fileSystem)}'.",
            fileSystem,
            $"Use one of {string.Join(", ", FileSystems)}.");
    }

    /// <summary>The mode in Kubernetes' spelling.</summary>
    /// <exception cref="EbsPvException">VolumeModeUnsupported.</exception>
    public static string? CheckedVolumeMode(string? mode)
    {
        if (mode is null) return null;
        if (mode.Equals(Filesystem, StringComparison.OrdinalIgnoreCase)) return Filesystem;
        if (mode.Equals(Block, StringComparison.OrdinalIgnoreCase)) return Block;
        throw EbsPvException.Input(
            ErrorIds.VolumeModeUnsupported, $"'{Escaped.Text(mode)}' is no volume mode.", mode, $"Use {Filesystem}, which is the default, or {Block} for the raw device.");
    }

    /// <summary>The partition's number.</summary>
    /// <exception cref="EbsPvException">PartitionInvalid.</exception>
    public static int? CheckedPartition(string? partition)
    {
        if (partition is null) return null;
        if (int.TryParse(partition, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxPartition) return number;
        throw EbsPvException.Input(
            ErrorIds.PartitionInvalid,
            $"'{Escaped.Text(partition)}' is no partition: it is the number of one, up to {MaxPartition}, such as 1 for /dev/nvme1n1p1.",
            partition,
            "Leave -Partition out when the file system fills the whole volume.");
    }

    /// <summary>The options, none of them empty.</summary>
    /// <exception cref="EbsPvException">MountOptionInvalid.</exception>
    public static IReadOnlyList<string>? CheckedMountOptions(IReadOnlyList<string>? options)
    {
        if (options is null || options.Count == 0) return null;
        foreach (var option in options)
            if (string.IsNullOrEmpty(option) || option.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter)))
                throw EbsPvException.Input(
                    ErrorIds.MountOptionInvalid, $"'{Escaped.Text(option)}' is no mount option.", option, "Give options as mount takes them: -MountOption noatime, discard.");
        return options;
    }

    /// <summary>Writes the attributes as the driver spells them, and takes the partition out of them, where the driver's documentation has it too.</summary>
    /// <exception cref="EbsPvException">PartitionInvalid, when both say something else; VolumeAttributeInvalid, for one that stands there twice.</exception>
    public static PersistentVolumeSettings WithPartition(PersistentVolumeSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings = settings with { VolumeAttributes = Spelled(settings.VolumeAttributes) };
        if (!settings.VolumeAttributes.TryGetValue(PartitionAttribute, out var text)) return settings;
        var partition = CheckedPartition(text);
        if (settings.Partition is { } other && other != partition)
            throw EbsPvException.Input(
                ErrorIds.PartitionInvalid, $"The partition is {other} and, as a volume attribute, {text}.", text, "Say it once, with -Partition.");
        return settings with
        {
            Partition = partition,
            VolumeAttributes = settings.VolumeAttributes.Where(pair => pair.Key != PartitionAttribute).ToDictionary(pair => pair.Key, pair => pair.Value),
        };
    }

    /// <summary>Refuses what contradicts itself: a device has no file system, no mount and no partition.</summary>
    /// <exception cref="EbsPvException">FsTypeWithBlock, MountOptionInvalid, PartitionInvalid, VolumeAttributeInvalid.</exception>
    public static void CheckTogether(PersistentVolumeSettings settings, VolumeSource source)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.VolumeMode == Block) CheckDevice(settings);
        if (source != VolumeSource.InTree) return;
        if (settings.VolumeAttributes.Count > 0)
            throw EbsPvException.Input(
                ErrorIds.VolumeAttributeInvalid, "The in-tree source has no volume attributes; they are for CSI drivers.", settings.VolumeAttributes.Keys.First(), "Use -VolumeSource Csi, or leave the attributes out.");
        if (settings.VolumeAttributesClassName is { } name)
            throw EbsPvException.Input(
                ErrorIds.VolumeAttributeInvalid, $"Kubernetes takes the VolumeAttributesClass '{name}' for CSI volumes only, not for in-tree ones.", name, "Use -VolumeSource Csi, or leave the class out.");
    }

    /// <summary>The warning for attributes that the driver's documentation does not know; null when there is none.</summary>
    public static string? UnknownAttributes(IReadOnlyDictionary<string, string> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var unknown = attributes.Keys.Where(key => !KnownAttributes.Contains(key)).Order(StringComparer.Ordinal).ToList();
        return unknown.Count == 0
            ? null
            : $"VolumeAttributeUnknown: the EBS CSI driver is not known to read {string.Join(", ", unknown.Select(Escaped.Text))}; it is written all the same. Known are {string.Join(", ", KnownAttributes)}.";
    }

    private static Dictionary<string, string> Spelled(IReadOnlyDictionary<string, string> attributes)
    {
        var spelled = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in attributes)
        {
            var known = Array.Find(KnownAttributes, one => one.Equals(key, StringComparison.OrdinalIgnoreCase)) ?? key;
            if (!spelled.TryAdd(known, value))
                throw EbsPvException.Input(ErrorIds.VolumeAttributeInvalid, $"The volume attribute '{Escaped.Text(known)}' stands there twice, in two spellings.", key, "Say it once.");
        }

        return spelled;
    }

    private static void CheckDevice(PersistentVolumeSettings settings)
    {
        if (settings.FileSystemType is { } fileSystem)
            throw EbsPvException.Input(
                ErrorIds.FsTypeWithBlock, $"A device has no file system, and {fileSystem} was asked for together with the volume mode Block.", fileSystem, "Leave one of -FileSystemType and -VolumeMode Block out.");
        if (settings.MountOptions is { Count: > 0 } options)
            throw EbsPvException.Input(
                ErrorIds.MountOptionInvalid, $"A device is not mounted, and the option {Escaped.Text(options[0])} was asked for together with the volume mode Block.", options[0], "Leave one of -MountOption and -VolumeMode Block out.");
        if (settings.Partition > 0)
            throw EbsPvException.Input(
                ErrorIds.PartitionInvalid, $"With the volume mode Block pods get the whole device, not its partition {settings.Partition}.", settings.Partition, "Leave one of -Partition and -VolumeMode Block out.");
    }
}
