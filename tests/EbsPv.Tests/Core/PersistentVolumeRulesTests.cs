using System.Text.RegularExpressions;
using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Core;

public partial class PersistentVolumeRulesTests
{
    [Theory]
    [InlineData("manual-ebs-01")]
    [InlineData("a")]
    [InlineData("a.b-c.0")]
    public void A_name_is_a_DNS_subdomain(string name) => Assert.Equal(name, PersistentVolumeRules.CheckedName(name));

    [Theory]
    [InlineData("Manual EBS 01", "manual-ebs-01")]
    [InlineData("data_1", "data-1")]
    [InlineData("-a-", "a")]
    [InlineData("a..b", "a.b")]
    [InlineData("a.-b", "a.b")]
    [InlineData("a\n", "a")]
    [InlineData("\e[2Jdata", "2jdata")]
    public void Another_name_is_refused_with_one_that_is_possible(string name, string proposal)
    {
        var refusal = Refusal.Of(ErrorIds.PvNameInvalid, () => PersistentVolumeRules.CheckedName(name));
        Assert.Equal($"Use -Name {proposal}.", refusal.RecommendedAction);
        Assert.DoesNotContain('\e', refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("日本")]
    public void Where_nothing_is_left_there_is_no_proposal(string name) =>
        Assert.Equal("Give a name with -Name.", Refusal.Of(ErrorIds.PvNameInvalid, () => PersistentVolumeRules.CheckedName(name)).RecommendedAction);

    [Fact]
    public void Every_proposal_is_itself_a_name()
    {
        const string Letters = "aZ0-._ é\u001b";
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var name = new string(random.GetItems<char>(Letters, random.Next(1, round % 50 == 0 ? 400 : 12)));
            if (ProposalFor(name) is { } proposal) Assert.Equal(proposal, PersistentVolumeRules.CheckedName(proposal));
        }
    }

    [Fact]
    public void A_name_has_at_most_253_characters()
    {
        PersistentVolumeRules.CheckedName(new string('a', 253));
        Assert.Equal(new string('a', 253), ProposalFor(new string('a', 254)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("manual-ebs")]
    [InlineData("gp3.encrypted")]
    public void A_class_is_named_alike_or_is_none(string name) => Assert.Equal(name, PersistentVolumeRules.CheckedStorageClass(name));

    [Theory]
    [InlineData("Manual")]
    [InlineData("a_b")]
    [InlineData(" ")]
    public void Other_classes_are_refused(string name) =>
        Refusal.Of(ErrorIds.StorageClassInvalid, () => PersistentVolumeRules.CheckedStorageClass(name));

    [Fact]
    public void Delete_needs_consent_and_Retain_none()
    {
        Assert.Equal("Retain", PersistentVolumeRules.CheckedReclaimPolicy("retain", allowDelete: false));
        Assert.Equal("Delete", PersistentVolumeRules.CheckedReclaimPolicy("delete", allowDelete: true));
        Refusal.Of(ErrorIds.ReclaimPolicyDeleteNeedsConsent, () => PersistentVolumeRules.CheckedReclaimPolicy("Delete", allowDelete: false));
        Refusal.Of(ErrorIds.ReclaimPolicyUnsupported, () => PersistentVolumeRules.CheckedReclaimPolicy("Recycle", allowDelete: true));
    }

    [Theory]
    [InlineData("team", "a")]
    [InlineData("team", "")]
    [InlineData("example.com/team", "A_b.c-0")]
    [InlineData("type", "db")]
    public void Labels_may_be_like_this(string key, string value) => Check(key, value);

    [Theory]
    [InlineData("", "a")]
    [InlineData("/team", "a")]
    [InlineData("example.com/", "a")]
    [InlineData("a/b/c", "a")]
    [InlineData("Example.com/team", "a")]
    [InlineData("-team", "a")]
    [InlineData("te am", "a")]
    [InlineData("team", "a b")]
    [InlineData("team", "-a")]
    [InlineData("team", "a\n")]
    [InlineData("team", "\e[2J")]
    [InlineData("topology.kubernetes.io/zone", "eu-west-1a")]
    [InlineData("topology.kubernetes.io/region", "eu-west-1")]
    public void And_not_like_this(string key, string value) =>
        Assert.DoesNotContain('\e', Refusal.Of(ErrorIds.LabelInvalid, () => Check(key, value)).Message);

    [Fact]
    public void Names_and_values_of_labels_have_at_most_63_characters()
    {
        Check(new string('k', 63), new string('v', 63));
        Refusal.Of(ErrorIds.LabelInvalid, () => Check(new string('k', 64), ""));
        Refusal.Of(ErrorIds.LabelInvalid, () => Check("key", new string('v', 64)));
    }

    private static void Check(string key, string value) =>
        PersistentVolumeRules.CheckLabels(new Dictionary<string, string> { [key] = value });

    private static string? ProposalFor(string name)
    {
        try
        {
            PersistentVolumeRules.CheckedName(name);
            return null;
        }
        catch (EbsPvException refusal)
        {
            var proposal = Proposal().Match(refusal.RecommendedAction!);
            return proposal.Success ? proposal.Groups[1].Value : null;
        }
    }

    [GeneratedRegex(@"^Use -Name (.*)\.\z")]
    private static partial Regex Proposal();
}
