using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Ports;
using EbsPv.Reservations;
using EbsPv.Templates;
using EbsPv.Tests.Core;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Reservations;

public class OrdinalReservationTests
{
    private static readonly StatefulSetReference Web = new("tienda", "web", "data");
    private static readonly ClaimTemplate Template = new("data", "lenta", ["ReadWriteOnce"], "10Gi", "Filesystem");

    [Theory]
    [InlineData("b1 b2 c1", "b1 c1 b2")]
    [InlineData("b1 c1 a1", "b1 c1 a1")]
    [InlineData("b1 b2 b3 c1", "b1 c1 b2 b3")]
    [InlineData("c1 b1 b2 c2 a1", "c1 b1 a1 c2 b2")]
    [InlineData("b1", "b1")]
    [InlineData("", "")]
    public void Neighbouring_pods_get_volumes_of_different_zones(string volumes, string order) =>
        Assert.Equal(order, string.Join(' ', Assign(volumes).Volumes.Select(volume => volume.VolumeId![4..])));

    [Theory]
    [InlineData(0, "data-web-0 data-web-1")]
    [InlineData(5, "data-web-5 data-web-6")]
    public void Ordinals_begin_where_the_StatefulSet_says(int start, string claims)
    {
        var plan = Assign("b1 c1", Known(start: start));
        Assert.Equal(claims, Claims(plan));
        Assert.All(plan.Volumes, volume => Assert.Equal("tienda", volume.Settings!.Claim!.Namespace));
        Assert.Null(plan.Warning);
    }

    [Fact]
    public void Class_modes_and_attributes_come_from_the_template()
    {
        var settings = Assign("b1", Known(Template with { AccessModes = ["ReadWriteOncePod"], VolumeMode = "Block", VolumeAttributesClassName = "oro" })).Volumes[0].Settings!;
        Assert.Equal(("lenta", "Block", "oro"), (settings.StorageClassName, settings.VolumeMode, settings.VolumeAttributesClassName));
        Assert.Equal(["ReadWriteOncePod"], settings.AccessModes);
    }

    [Fact]
    public void Of_a_StatefulSet_to_come_nothing_is_known_but_its_claims_names()
    {
        var settings = Assign("b1", StatefulSetFacts.None).Volumes[0].Settings!;
        Assert.Equal(new PersistentVolumeSettings { Claim = new ClaimReference("tienda", "data-web-0") }, settings);
    }

    [Fact]
    public void A_volume_keeps_its_pod_and_others_take_the_places_between()
    {
        var facts = With(Kept("b2", "data-web-1"), Kept("c1", "data-web-0"));
        var plan = Assign("b1 b2 b3 c1", facts: facts);
        Assert.Equal(["b1 data-web-2", "b2 data-web-1", "b3 data-web-3", "c1 data-web-0"], plan.Volumes.Select(volume => $"{volume.VolumeId![4..]} {volume.Settings!.Claim!.Name}").Order(StringComparer.Ordinal));
        Assert.Null(plan.Warning);
    }

    [Fact]
    public void Pods_with_volumes_that_are_not_at_hand_are_passed_over_and_told()
    {
        var facts = With(Kept("x1", "data-web-0"), Kept("x2", "data-web-2"), Kept("x3", "data-web-9"), Kept("y1", "data-otra-1"), Kept("y2", "data-web-01"));
        var plan = Assign("b1 b2", facts: facts);
        Assert.Equal("data-web-1 data-web-3", Claims(plan));
        Assert.Equal("OrdinalsTaken: these claims have a PersistentVolume already, and the volumes are kept for the next ones: data-web-0 (pv-x1), data-web-2 (pv-x2).", plan.Warning);
    }

    [Fact]
    public void Many_of_them_are_counted()
    {
        var facts = With([.. Enumerable.Range(0, 12).Select(ordinal => Kept($"x{ordinal}", $"data-web-{ordinal}"))]);
        Assert.EndsWith("data-web-9 (pv-x9) and 2 more.", Assign("b1", facts: facts).Warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10Gi", true)]
    [InlineData("10240Mi", true)]
    [InlineData("11Gi", false)]
    [InlineData("10737418241", false)]
    public void A_claim_that_asks_for_more_would_pass_the_volume_by(string request, bool fits)
    {
        var known = Known(Template with { Request = request });
        if (fits) Assert.Equal("data-web-0", Claims(Assign("b1", known)));
        else Assert.Contains($"vol-b1 has 10Gi, and the StatefulSet tienda/web asks for {request}", Refusal.Of(ErrorIds.VolumeTooSmall, () => Assign("b1", known)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_counts_is_what_its_document_promises()
    {
        var template = new PersistentVolumeTemplate { Document = new("pv.yml", 1, 1, ""), Settings = new(), Rest = "{}", Capacity = "5Gi" };
        Refusal.Of(ErrorIds.VolumeTooSmall, () => OrdinalReservation.Assign([Volume("b1") with { Template = template }], Web, Known(), Facts.Empty, new()));
    }

    [Theory]
    [InlineData("Pending", null, "is there already (Pending) and waits for a volume")]
    [InlineData("Bound", "pv-nfs", "is there already (Bound) and has pv-nfs")]
    public void A_claim_that_is_there_cannot_be_kept_for(string status, string? volume, string reason)
    {
        var claim = new EbsPersistentVolumeClaim { Namespace = "tienda", Name = "data-web-1", Status = status, VolumeName = volume };
        var failure = Refusal.Of(ErrorIds.ClaimConflict, () => Assign("b1 c1", Known() with { Claims = [claim] }));
        Assert.Contains($"The claim tienda/data-web-1 {reason}", failure.Message, StringComparison.Ordinal);
        Assert.Equal("data-web-0", Claims(Assign("b1", Known() with { Claims = [claim] })));
    }

    [Theory]
    [InlineData("tienda/data-otra-0", "for the claim tienda/data-otra-0")]
    [InlineData("otra/data-web-0", "for the claim otra/data-web-0")]
    [InlineData(null, "for any claim")]
    public void A_volume_that_is_registered_for_something_else_is_refused(string? claim, string reason)
    {
        var facts = With(new EbsPersistentVolume { Name = "pv", VolumeId = "vol-b1", Status = "Available", Claim = claim });
        Assert.Contains(reason, Refusal.Of(ErrorIds.ClaimConflict, () => Assign("b1", facts: facts)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class", "otra", null, null, "'lenta'")]
    [InlineData("class", "", null, null, "'lenta'")]
    [InlineData("volume mode", null, "Block", null, "'Filesystem'")]
    [InlineData("attributes class", null, null, "oro", "''")]
    public void What_is_typed_must_not_contradict_the_template(string what, string? storageClass, string? mode, string? attributes, string asked)
    {
        var typed = new PersistentVolumeSettings { StorageClassName = storageClass, VolumeMode = mode, VolumeAttributesClassName = attributes };
        Assert.Contains($"asks for the {what} {asked}", Refusal.Of(ErrorIds.StatefulSetMismatch, () => Assign("b1", typed: typed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Modes_that_are_typed_must_hold_the_template_s()
    {
        Refusal.Of(ErrorIds.StatefulSetMismatch, () => Assign("b1", typed: new PersistentVolumeSettings { AccessModes = ["ReadWriteOncePod"] }));
        Assert.Equal("data-web-0", Claims(Assign("b1", typed: new PersistentVolumeSettings { AccessModes = ["ReadWriteOnce"], StorageClassName = "lenta", VolumeMode = "Filesystem" })));
    }

    [Fact]
    public void Nothing_is_compared_with_a_StatefulSet_to_come() =>
        Assert.Equal("data-web-0", Claims(Assign("b1", StatefulSetFacts.None, typed: new PersistentVolumeSettings { StorageClassName = "otra" })));

    [Theory]
    [InlineData("tienda/data-web-0", 0)]
    [InlineData("tienda/data-web-12", 12)]
    [InlineData("tienda/data-web-012", null)]
    [InlineData("tienda/data-web-", null)]
    [InlineData("tienda/data-web--1", null)]
    [InlineData("tienda/data-web-1-2", null)]
    [InlineData("tienda/data-web2-1", null)]
    [InlineData("otra/data-web-0", null)]
    [InlineData("tienda/data-web-99999999999", null)]
    [InlineData(null, null)]
    public void A_claim_tells_its_pod(string? claim, int? ordinal) => Assert.Equal(ordinal, Web.OrdinalOf(claim));

    // A pod runs in one zone.
    [Theory]
    [InlineData("b1 c1", "b1 data-web-1, c1 data-web-0")]
    [InlineData("b1 b2 c1", "b1 data-web-1, b2 data-web-2, c1 data-web-0")]
    public void A_pod_with_a_volume_of_another_template_gets_one_of_its_zone(string volumes, string places)
    {
        var plan = Assign(volumes, TwoTemplates, With(In("c", "c9", "logs-web-0"), In("b", "b9", "logs-web-1"), In("c", "c8", "logs-otra-2")));
        Assert.Equal(places, string.Join(", ", plan.Volumes.Select(volume => $"{volume.VolumeId![4..]} {volume.Settings!.Claim!.Name}").Order(StringComparer.Ordinal)));
        Assert.Null(plan.ZonesWarning);
    }

    [Fact]
    public void Where_there_is_none_it_is_told()
    {
        var there = With(In("c", "c9", "logs-web-0"), In("a", "a9", "logs-web-1"), In("b", "b1", "data-web-1"));
        Assert.Equal(
            "PodZonesDiffer: these pods have volumes of two zones and get no node: web-1 (data-web-1 in eu-west-1b, logs-web-1 in eu-west-1a), "
            + "web-0 (data-web-0 in eu-west-1b, logs-web-0 in eu-west-1c). Give as many volumes in each zone for one template as for the other.",
            Assign("b1 b2", TwoTemplates, there).ZonesWarning);
    }

    private static StatefulSetFacts TwoTemplates => Known() with { Set = new StatefulSetInfo("tienda", "web", 0, [Template, Template with { Name = "logs" }]) };

    private static EbsPersistentVolume In(string zone, string volume, string claim) => Kept(volume, claim) with { AvailabilityZone = $"eu-west-1{zone}" };

    private static OrdinalPlan Assign(string volumes, StatefulSetFacts? known = null, ClusterFacts? facts = null, PersistentVolumeSettings? typed = null) => OrdinalReservation.Assign(
        [.. volumes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Volume)], Web, known ?? Known(), facts ?? Facts.Empty, typed ?? new PersistentVolumeSettings());

    private static StatefulSetFacts Known(ClaimTemplate? template = null, int start = 0) =>
        new(new StatefulSetInfo("tienda", "web", start, [template ?? Template]), template ?? Template, (template ?? Template).StorageClassName, []);

    private static VolumeToRegister Volume(string name) => new() { VolumeId = $"vol-{name}", Name = name, AvailabilityZone = $"eu-west-1{name[0]}", Size = 10 };

    private static EbsPersistentVolume Kept(string volume, string claim) =>
        new() { Name = $"pv-{volume}", VolumeId = $"vol-{volume}", Status = "Available", Claim = $"tienda/{claim}" };

    private static ClusterFacts With(params EbsPersistentVolume[] volumes) => Facts.Empty with { ByVolumeId = Facts.Volumes(volumes) };

    private static string Claims(OrdinalPlan plan) => string.Join(' ', plan.Volumes.Select(volume => volume.Settings!.Claim!.Name));
}
