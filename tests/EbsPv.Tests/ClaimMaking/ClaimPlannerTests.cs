using EbsPv.Errors;
using EbsPv.PersistentVolumeClaims;
using EbsPv.PersistentVolumes;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.ClaimMaking;

public class ClaimPlannerTests
{
    private static readonly EbsPersistentVolume Volume = new()
    {
        Name = "manual-ebs-01", Capacity = "10Gi", AccessModes = ["ReadWriteOnce"], Status = "Available", StorageClassName = "manual-ebs", VolumeMode = "Filesystem",
        VolumeId = "vol-0123456789abcdef0",
    };

    private static readonly ClaimReference Claim = new("default", "data");

    [Fact]
    public void A_claim_asks_for_all_that_its_volume_has()
    {
        var spec = Plan(Volume with { AccessModes = ["ReadWriteOnce", "ReadWriteMany"], VolumeMode = "Block", VolumeAttributesClassName = "oro" })!;
        Assert.Equal(("default", "data", "manual-ebs-01", "manual-ebs", "10Gi"), (spec.Namespace, spec.Name, spec.VolumeName, spec.StorageClassName, spec.Request));
        Assert.Equal(["ReadWriteOnce", "ReadWriteMany"], spec.AccessModes);
        Assert.Equal(("Block", "oro"), (spec.VolumeMode, spec.VolumeAttributesClassName));
    }

    [Fact]
    public void What_is_typed_wins()
    {
        var options = new ClaimOptions { Request = "4Gi", AccessModes = ["ReadWriteOnce"], Labels = new Dictionary<string, string> { ["a"] = "b" } };
        var spec = Plan(Volume with { AccessModes = ["ReadWriteMany", "ReadWriteOnce"] }, options)!;
        Assert.Equal(("4Gi", "b"), (spec.Request, spec.Labels["a"]));
        Assert.Equal(["ReadWriteOnce"], spec.AccessModes);
    }

    [Fact]
    public void A_volume_without_a_class_is_claimed_without_one() => Assert.Equal("", Plan(Volume with { StorageClassName = null })!.StorageClassName);

    [Theory]
    [InlineData(null, null, null, "default/manual-ebs-01")]
    [InlineData(null, "tienda/datos", null, "tienda/datos")]
    [InlineData("otra", "tienda/datos", null, "otra/datos")]
    [InlineData(null, "tienda/datos", "mios", "tienda/mios")]
    [InlineData("otra", null, "mios", "otra/mios")]
    public void Its_name_is_typed_or_the_one_it_is_kept_for_or_the_volume_s(string? ns, string? kept, string? name, string claim) =>
        Assert.Equal(claim, $"{new ClaimOptions { Namespace = ns }.ClaimFor(Volume with { Claim = kept }, name)}");

    [Fact]
    public void A_claim_that_is_there_is_compared_with_what_was_asked_for()
    {
        var existing = new EbsPersistentVolumeClaim { Namespace = "default", Name = "data", Status = "Bound", Request = "10Gi", AccessModes = ["ReadWriteOnce"], StorageClassName = "manual-ebs" };
        Assert.Null(ClaimPlanner.Difference(existing, new ClaimOptions()));
        Assert.Null(ClaimPlanner.Difference(existing, new ClaimOptions { Request = "10240Mi", AccessModes = ["ReadWriteOnce"], StorageClassName = "manual-ebs" }));
        var warning = ClaimPlanner.Difference(existing, new ClaimOptions { Request = "5Gi", AccessModes = ["ReadWriteOncePod"], StorageClassName = "" })!;
        Assert.Equal(("ClaimsDiffer", "default/data (asks for 10Gi, not 5Gi; ReadWriteOnce, not ReadWriteOncePod; class manual-ebs, not none)"), (warning.Id, warning.Subject));
    }

    [Theory]
    [InlineData("10Gi", true)]
    [InlineData("1", true)]
    [InlineData("11Gi", false)]
    [InlineData("10737418241", false)]
    public void It_may_not_ask_for_more(string request, bool fits)
    {
        if (fits) Assert.Equal(request, Plan(Volume, new ClaimOptions { Request = request })!.Request);
        else Refusal.Of(ErrorIds.ClaimTooLarge, () => Plan(Volume, new ClaimOptions { Request = request }));
    }

    [Fact]
    public void Nor_for_modes_or_a_class_that_its_volume_does_not_have()
    {
        Assert.Contains("ReadWriteMany", Refusal.Of(ErrorIds.ClaimMismatch, () => Plan(Volume, new ClaimOptions { AccessModes = ["ReadWriteOnce", "ReadWriteMany"] })).Message, StringComparison.Ordinal);
        Assert.Contains("'otra'", Refusal.Of(ErrorIds.ClaimMismatch, () => Plan(Volume, new ClaimOptions { StorageClassName = "otra" })).Message, StringComparison.Ordinal);
        Assert.Contains("''", Refusal.Of(ErrorIds.ClaimMismatch, () => Plan(Volume, new ClaimOptions { StorageClassName = "" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_volume_that_is_kept_for_it_is_bound_whatever_the_class() =>
        Assert.Equal("otra", Plan(Volume with { Claim = "default/data" }, new ClaimOptions { StorageClassName = "otra" })!.StorageClassName);

    [Theory]
    [InlineData("Released")]
    [InlineData("Failed")]
    [InlineData("Terminating")]
    public void A_volume_that_nobody_can_have_is_refused_with_its_cure(string status)
    {
        var action = Refusal.Of(ErrorIds.PersistentVolumeNotClaimable, () => Plan(Volume with { Status = status, Claim = "default/data" })).RecommendedAction;

        Assert.Contains("manual-ebs-01", action, StringComparison.Ordinal);
        // The id of a warning has no business in what an error recommends.
        Assert.DoesNotContain($"PersistentVolume{status}:", action, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bound", "bound to")]
    [InlineData("Available", "kept for")]
    public void A_volume_of_another_claim_stays_its_own(string status, string how) =>
        Assert.Contains($"is {how} the claim tienda/otra", Refusal.Of(ErrorIds.ClaimConflict, () => Plan(Volume with { Status = status, Claim = "tienda/otra" })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Pending", "manual-ebs-01", null)]
    [InlineData("Bound", "manual-ebs-01", null)]
    [InlineData("Lost", "manual-ebs-01", null)]
    [InlineData("Terminating", "manual-ebs-01", "is being deleted")]
    [InlineData("Bound", "otra", "is for otra")]
    [InlineData("Pending", null, "is there already, Pending and for no volume by name")]
    public void A_claim_that_is_there_is_taken_when_it_is_for_this_volume(string status, string? volume, string? reason)
    {
        var existing = new EbsPersistentVolumeClaim { Namespace = "default", Name = "data", Status = status, VolumeName = volume };
        if (reason is null) Assert.Null(Plan(Volume, existing: existing));
        else Assert.Contains($"default/data {reason}", Refusal.Of(ErrorIds.ClaimConflict, () => Plan(Volume, existing: existing)).Message, StringComparison.Ordinal);
    }

    // Its controller made it, and the binder is about to bind it.
    [Theory]
    [InlineData("10Gi", "Filesystem", "ReadWriteOnce", "Pending", true)]
    [InlineData("11Gi", "Filesystem", "ReadWriteOnce", "Pending", false)]
    [InlineData("10Gi", "Block", "ReadWriteOnce", "Pending", false)]
    [InlineData("10Gi", "Filesystem", "ReadWriteMany", "Pending", false)]
    [InlineData("10Gi", "Filesystem", "ReadWriteOnce", "Terminating", false)]
    public void A_claim_that_waits_for_what_is_kept_for_it_is_taken(string request, string volumeMode, string accessMode, string status, bool taken)
    {
        var kept = Volume with { Claim = "default/data" };
        var existing = new EbsPersistentVolumeClaim { Namespace = "default", Name = "data", Status = status, Request = request, VolumeMode = volumeMode, AccessModes = [accessMode] };
        if (taken) Assert.Null(Plan(kept, existing: existing));
        else Refusal.Of(ErrorIds.ClaimConflict, () => Plan(kept, existing: existing));
    }

    [Theory]
    [InlineData("datos", true)]
    [InlineData("datos.de.ventas", true)]
    [InlineData("Datos", false)]
    [InlineData("-datos", false)]
    [InlineData("", false)]
    public void Claims_have_names_as_Kubernetes_takes_them(string name, bool legal)
    {
        if (legal) Assert.Equal(name, ClaimNames.Checked(name));
        else Refusal.Of(ErrorIds.ClaimNameInvalid, () => ClaimNames.Checked(name));
    }

    [Theory]
    [InlineData("tienda", true)]
    [InlineData("kube-system", true)]
    [InlineData("mi.tienda", false)]
    [InlineData("Tienda", false)]
    [InlineData("tienda-", false)]
    [InlineData("", false)]
    public void Namespaces_are_labels_and_their_error_shows_what_was_typed(string name, bool legal)
    {
        if (legal) Assert.Equal(name, ClaimNames.CheckedNamespace(name));
        else Assert.StartsWith($"'{name}' ", Refusal.Of(ErrorIds.NamespaceInvalid, () => ClaimNames.CheckedNamespace(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_three_letters_are_the_longest_namespace()
    {
        ClaimNames.CheckedNamespace(new string('a', 63));
        Refusal.Of(ErrorIds.NamespaceInvalid, () => ClaimNames.CheckedNamespace(new string('a', 64)));
    }

    [Theory]
    [InlineData("web", "data", null)]
    [InlineData("Web", "data", "'Web' cannot be the name of a StatefulSet")]
    [InlineData("web", "Data", "'Data' cannot be the name of a claim template")]
    [InlineData("", "data", "'' cannot be the name of a StatefulSet")]
    public void Of_a_StatefulSet_and_its_template_the_wrong_one_is_named(string set, string template, string? reason)
    {
        if (reason is null) ClaimNames.CheckOfStatefulSet(set, template);
        else Assert.StartsWith(reason, Refusal.Of(ErrorIds.ClaimNameInvalid, () => ClaimNames.CheckOfStatefulSet(set, template)).Message, StringComparison.Ordinal);
    }

    private static PersistentVolumeClaimSpec? Plan(EbsPersistentVolume volume, ClaimOptions? options = null, EbsPersistentVolumeClaim? existing = null) =>
        ClaimPlanner.Plan(volume, Claim, options ?? new ClaimOptions(), existing);
}
