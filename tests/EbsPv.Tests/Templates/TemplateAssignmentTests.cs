using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Templates;
using EbsPv.Tests.Core;
using EbsPv.Tests.Support;
using Xunit;
using static EbsPv.Tests.Templates.TemplateHarness;

namespace EbsPv.Tests.Templates;

public class TemplateAssignmentTests
{
    [Theory]
    [InlineData("REPLACE_ME_1 REPLACE_ME_2 REPLACE_ME_3", "1 2 3")]
    [InlineData("REPLACE_ME_3 REPLACE_ME_1 REPLACE_ME_2", "3 1 2")]
    [InlineData("REPLACE_ME_03 REPLACE_ME_02 REPLACE_ME_01", "3 2 1")]
    [InlineData("A B C", "1 2 3")]
    [InlineData("REPLACE_ME REPLACE_ME REPLACE_ME", "1 2 3")]
    [InlineData("VOLUME_1 VOLUME-2 v03", "1 2 3")]
    [InlineData("vol-REPLACE vol-XXXX VOL-0003X", "1 2 3")]
    [InlineData("<REPLACE_ME_1> VOL_2_ID VOLUME-3-OF-SET-3", "1 2 3")]
    [InlineData("<REPLACE_ME> $VOLUME '%VOL%'", "1 2 3")]
    [InlineData("aws://eu-west-1b/REPLACE_ME_3 aws:///REPLACE_ME_2 REPLACE_ME_1", "3 2 1")]
    public void Numbers_choose_the_volume_and_other_placeholders_go_by_position(string placeholders, string volumes)
    {
        var ids = placeholders.Split(' ');
        var assigned = Assign(Some(3), ids);
        Assert.Equal(volumes, string.Join(' ', assigned.Select(volume => Convert.ToInt32(volume.VolumeId![4..], 16))));
        Assert.Equal(ids.Select((_, place) => $"pv-{place + 1}"), assigned.Select(volume => volume.Name));
    }

    [Fact]
    public void Blanks_around_a_placeholder_say_nothing()
    {
        var assigned = TemplateAssignment.Assign(Read(Document("'REPLACE_ME_2 '", "dos") + Document("' REPLACE_ME_1'", "uno")), Some(2), "pv.yml");
        Assert.Equal([2, 1], assigned.Select(volume => Convert.ToInt32(volume.VolumeId![4..], 16)));
    }

    [Fact]
    public void Ten_and_more_are_numbers_not_letters()
    {
        var assigned = Assign(Some(12), [.. Enumerable.Range(1, 12).Reverse().Select(number => $"REPLACE_ME_{number}")]);
        Assert.Equal(Enumerable.Range(1, 12).Reverse(), assigned.Select(volume => Convert.ToInt32(volume.VolumeId![4..], 16)));
    }

    [Theory]
    [InlineData("REPLACE_ME_1 REPLACE_ME", "has the placeholder 'REPLACE_ME', and the first document has the placeholder 'REPLACE_ME_1'")]
    [InlineData("REPLACE_ME REPLACE_ME_2", "has the placeholder 'REPLACE_ME_2', and the first document has the placeholder 'REPLACE_ME'")]
    [InlineData("REPLACE_ME_1 ''", "has no placeholder, and the first document has the placeholder 'REPLACE_ME_1'")]
    [InlineData("REPLACE_ME_2 REPLACE_ME_2", "which document 1 has too")]
    [InlineData("REPLACE_ME_2 REPLACE_ME_02", "which document 1 has too")]
    [InlineData("REPLACE_ME_0 REPLACE_ME_1", "'REPLACE_ME_0', and there are 2 volumes")]
    [InlineData("REPLACE_ME_1 REPLACE_ME_3", "'REPLACE_ME_3', and there are 2 volumes")]
    [InlineData("REPLACE_ME_1 REPLACE_ME_99999999999999999999", "and there are 2 volumes")]
    [InlineData("VOLUME_2 VOLUME_1", "'VOLUME_2' and stands at place 1")]
    [InlineData("replace_me_2 replace_me_1", "'replace_me_2' and stands at place 1")]
    [InlineData("<REPLACE_ME_2> <REPLACE_ME_1>", "'<REPLACE_ME_2>' and stands at place 1")]
    [InlineData("VOL_2_ID VOL_1_ID", "'VOL_2_ID' and stands at place 1")]
    [InlineData("VOL_1_OF_2 VOL_2_OF_2", "'VOL_1_OF_2' and stands at place 1")]
    [InlineData("A VOL_0", "'VOL_0' and stands at place 2")]
    [InlineData("A VOL-0123456789abcdef0", "'VOL-0123456789abcdef0', which is no volume id")]
    [InlineData("A vol-0123456789ABCDEF0", "'vol-0123456789ABCDEF0', which is no volume id")]
    [InlineData("A vol-0123456789abcdef0", "names the volume vol-0123456789abcdef0 already")]
    [InlineData("A vol-0123o", "names the volume vol-0123o already")]
    public void What_could_be_meant_in_two_ways_is_refused(string placeholders, string reason) =>
        Assert.Contains(reason, Refusal.Of(ErrorIds.TemplatePlaceholderInvalid, () => Assign(Some(2), placeholders.Split(' '))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "has 2 PersistentVolumes, and 0 volumes came")]
    [InlineData(1, "has 2 PersistentVolumes, and 1 volume came")]
    [InlineData(3, "has 2 PersistentVolumes, and 3 volumes came")]
    public void Each_document_takes_a_volume_and_each_volume_a_document(int volumes, string reason) =>
        Assert.Contains(reason, Refusal.Of(ErrorIds.TemplateCountMismatch, () => Assign(Some(volumes), "A", "B")).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_documents_of_one_name_are_refused_and_names_that_are_left_out_are_the_volumes()
    {
        Refusal.Of(ErrorIds.TemplateNameTwice, () => TemplateAssignment.Assign(Read(Document("A", "uno") + Document("B", "uno")), Some(2), "pv.yml"));
        var nameless = Read(Document("A", "''") + Document("B", "''"));
        Assert.Equal(["n-vol-00000000000000001", "n-vol-00000000000000002"], TemplateAssignment.Assign(nameless, Some(2), "pv.yml").Select(volume => volume.Name));
    }

    [Theory]
    [InlineData("10Gi", true)]
    [InlineData("5Gi", true)]
    [InlineData("10G", true)]
    [InlineData("10737418240", true)]
    [InlineData("10e9", true)]
    [InlineData("10240Mi", true)]
    [InlineData("10737418241", false)]
    [InlineData("10.5Gi", false)]
    [InlineData("1Ti", false)]
    [InlineData("1.1e10", false)]
    public void No_document_promises_more_than_its_volume_has(string capacity, bool fits)
    {
        var templates = Read(Document("A", "uno", $"capacity: {{ storage: '{capacity}' }}"));
        if (fits) Assert.Equal(capacity, TemplateAssignment.Assign(templates, Some(1), "pv.yml")[0].Capacity);
        else Assert.Contains($"promises {capacity}", Refusal.Of(ErrorIds.TemplateTooLarge, () => TemplateAssignment.Assign(templates, Some(1), "pv.yml")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topology.kubernetes.io/zone: eu-west-1b", true)]
    [InlineData("failure-domain.beta.kubernetes.io/zone: eu-west-1b__eu-west-1c", true)]
    [InlineData("topology.kubernetes.io/region: eu-west-1", true)]
    [InlineData("topology.kubernetes.io/zone: eu-west-1c", false)]
    [InlineData("failure-domain.beta.kubernetes.io/zone: eu-west-1a__eu-west-1c", false)]
    [InlineData("topology.kubernetes.io/region: us-east-1", false)]
    public void A_document_that_names_another_place_is_not_the_volume_s(string label, bool fits)
    {
        var templates = Read(Document("A").Replace("{ name: datos }", $"{{ name: datos, labels: {{ {label} }} }}", StringComparison.Ordinal));
        if (fits) Assert.Equal("datos", TemplateAssignment.Assign(templates, [Volume()], "pv.yml")[0].Name);
        else Refusal.Of(ErrorIds.TemplateZoneMismatch, () => TemplateAssignment.Assign(templates, [Volume()], "pv.yml"));
    }

    // Each is right by itself for a volume in zone b, or all of the document is wrong.
    [Theory]
    [InlineData("eu-west-1b", "A", "In [eu-west-1b]", "")]
    [InlineData("eu-west-1c", "A", "In [eu-west-1b]", "in its label topology.kubernetes.io/zone names the zone eu-west-1c, and vol-0123456789abcdef0 is in eu-west-1b")]
    [InlineData("eu-west-1b", "A", "In [eu-west-1c]", "in its nodeAffinity names the zone eu-west-1c")]
    [InlineData("eu-west-1b", "aws://eu-west-1c/A", "In [eu-west-1b]", "in its volume id names the zone eu-west-1c")]
    [InlineData("eu-west-1b", "A", "NotIn [eu-west-1b]", "in its nodeAffinity keeps pods out of eu-west-1b")]
    [InlineData("eu-west-1b", "A", "NotIn [eu-west-1c]", "")]
    public void Label_id_and_affinity_are_right_each_by_itself(string label, string id, string affinity, string reason)
    {
        var (op, values) = (affinity.Split(' ')[0], affinity.Split(' ')[1]);
        var text = Document(id, "datos", $"nodeAffinity: {{ required: {{ nodeSelectorTerms: [ {{ matchExpressions: [ {{ key: topology.kubernetes.io/zone, operator: {op}, values: {values} }} ] }} ] }} }}")
            .Replace("{ name: datos }", $"{{ name: datos, labels: {{ topology.kubernetes.io/zone: {label} }} }}", StringComparison.Ordinal);
        if (reason.Length == 0) Assert.Equal("datos", TemplateAssignment.Assign(Read(text), [Volume()], "pv.yml")[0].Name);
        else Assert.Contains(reason, Refusal.Of(ErrorIds.TemplateZoneMismatch, () => TemplateAssignment.Assign(Read(text), [Volume()], "pv.yml")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("In [eu-west-1b], In [eu-west-1c]", true, "eu-west-1c")]
    [InlineData("In [eu-west-1b, eu-west-1c] NotIn [eu-west-1c]", true, "")]
    [InlineData("In [eu-west-1b] In [eu-west-1c]", false, "")]
    [InlineData("In [eu-west-1c] NotIn [eu-west-1a], NotIn [eu-west-1c]", true, "eu-west-1c")]
    public void One_term_of_an_affinity_is_enough_and_all_of_a_term_has_to_be_met(string affinity, bool allows, string others)
    {
        var terms = affinity.Split("], ").Select(term => string.Join(", ", term.Split("] ").Select(one =>
            $"{{ key: topology.kubernetes.io/zone, operator: {one.Split(' ')[0]}, values: [{one.Split('[')[1].TrimEnd(']')}] }}")));
        var zones = Read(Document("A", "datos", $"nodeAffinity: {{ required: {{ nodeSelectorTerms: [ {string.Join(", ", terms.Select(term => $"{{ matchExpressions: [ {term} ] }}"))} ] }} }}"))[0].Affinity;
        Assert.Equal((allows, others), (zones.Allows(Sets.ZoneB), string.Join(' ', zones.Beside(Sets.ZoneB))));
    }

    [Fact]
    public void Of_several_zones_in_an_affinity_one_is_enough()
    {
        const string Line = "nodeAffinity: { required: { nodeSelectorTerms: [ { matchExpressions: [ { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1c] } ] } ] } }";
        var templates = Read(Document("A", "uno", Line));
        Assert.Equal("uno", TemplateAssignment.Assign(templates, [Volume(zone: Sets.ZoneC)], "pv.yml")[0].Name);
        Refusal.Of(ErrorIds.TemplateZoneMismatch, () => TemplateAssignment.Assign(templates, [Volume()], "pv.yml"));
    }

    private static IReadOnlyList<VolumeToRegister> Assign(IReadOnlyList<VolumeToRegister> volumes, params string[] placeholders) =>
        TemplateAssignment.Assign(Read(string.Concat(placeholders.Select((id, place) => Document(id, $"pv-{place + 1}")))), volumes, "pv.yml");
}
