using EbsPv.Sandbox.Ec2.Iam;
using EbsPv.Tests.Help;
using Xunit;

namespace EbsPv.Tests.Sandbox.Ec2;

/// <summary>Policies as IAM evaluates them, and what is not taken for one.</summary>
public class PolicyTests
{
    private const string Volume = "arn:aws:ec2:eu-west-1:123456789012:volume/vol-1";
    private const string Snapshot = "arn:aws:ec2:eu-west-1::snapshot/snap-1";

    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.PathOf("docs/iam")).Select(file => Path.GetFileName(file))];

    [Theory]
    [InlineData("ec2:DeleteVolume", "*", "ec2:DeleteVolume", Volume, true)]
    [InlineData("ec2:deletevolume", "*", "ec2:DeleteVolume", Volume, true)]
    [InlineData("ec2:Delete*", "*", "ec2:DeleteVolume", Volume, true)]
    [InlineData("*", "*", "ec2:DeleteVolume", Volume, true)]
    [InlineData("ec2:DeleteVolume", "*", "ec2:DeleteSnapshot", Snapshot, false)]
    [InlineData("ec2:Delete*", "arn:aws:ec2:*:*:volume/*", "ec2:DeleteVolume", Volume, true)]
    [InlineData("ec2:Delete*", "arn:aws:ec2:*:*:volume/*", "ec2:DeleteSnapshot", Snapshot, false)]
    [InlineData("ec2:Delete*", "arn:aws:ec2:*:*:snapshot/*", "ec2:DeleteSnapshot", Snapshot, true)]
    [InlineData("ec2:Delete*", "arn:aws:ec2:eu-west-1:123456789012:volume/vol-1", "ec2:DeleteVolume", Volume, true)]
    [InlineData("ec2:Delete*", "arn:aws:ec2:us-east-1:*:volume/*", "ec2:DeleteVolume", Volume, false)]
    [InlineData("ec2:DescribeVolumes", "arn:aws:ec2:*:*:volume/*", "ec2:DescribeVolumes", "*", false)]
    [InlineData("ec2:Describe*", "*", "ec2:DescribeVolumes", "*", true)]
    public void A_statement_covers_an_action_on_a_resource(string action, string resource, string asked, string on, bool allowed)
    {
        var policy = Statement($$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}""");
        Assert.Equal(allowed ? AccessDecision.Allowed : AccessDecision.NotAllowed, Decide(policy, asked, on));
    }

    [Theory]
    [InlineData("StringEquals", "aws:RequestTag/owner", "\"ana\"", true)]
    [InlineData("StringEquals", "aws:RequestTag/OWNER", "\"ana\"", true)]
    [InlineData("StringEquals", "aws:RequestTag/owner", "[\"eva\",\"ana\"]", true)]
    [InlineData("StringEquals", "aws:RequestTag/owner", "\"Ana\"", false)]
    [InlineData("StringEquals", "aws:RequestTag/owner", "\"a*\"", false)]
    [InlineData("StringEquals", "aws:RequestTag/none", "\"ana\"", false)]
    [InlineData("StringNotEquals", "aws:RequestTag/owner", "[\"eva\",\"ana\"]", false)]
    [InlineData("StringNotEquals", "aws:RequestTag/owner", "\"eva\"", true)]
    [InlineData("StringNotEquals", "aws:RequestTag/none", "\"ana\"", true)]
    [InlineData("StringLike", "aws:RequestTag/owner", "\"a?a\"", true)]
    [InlineData("StringLike", "aws:RequestTag/owner", "\"*\"", true)]
    [InlineData("StringLike", "aws:RequestTag/none", "\"*\"", false)]
    [InlineData("StringNotLike", "aws:RequestTag/owner", "\"a*\"", false)]
    [InlineData("Null", "aws:RequestTag/owner", "\"false\"", true)]
    [InlineData("Null", "aws:RequestTag/owner", "\"true\"", false)]
    [InlineData("Null", "aws:RequestTag/none", "\"true\"", true)]
    [InlineData("Bool", "ec2:Encrypted", "\"true\"", true)]
    [InlineData("Bool", "ec2:Encrypted", "false", false)]
    [InlineData("ForAllValues:StringEquals", "aws:TagKeys", "[\"owner\",\"team\",\"more\"]", true)]
    [InlineData("ForAllValues:StringEquals", "aws:TagKeys", "[\"owner\"]", false)]
    [InlineData("ForAllValues:StringLike", "aws:TagKeys", "[\"o*\",\"t*\"]", true)]
    [InlineData("ForAllValues:StringNotEquals", "aws:TagKeys", "[\"team\"]", false)]
    [InlineData("ForAllValues:StringNotEquals", "aws:TagKeys", "[\"other\"]", true)]
    [InlineData("ForAnyValue:StringEquals", "aws:TagKeys", "[\"team\"]", true)]
    [InlineData("ForAnyValue:StringEquals", "aws:TagKeys", "[\"other\"]", false)]
    [InlineData("ForAllValues:StringEquals", "aws:ResourceTag/none", "[\"x\"]", true)]
    [InlineData("ForAnyValue:StringEquals", "aws:ResourceTag/none", "[\"x\"]", false)]
    [InlineData("StringEqualsIfExists", "aws:ResourceTag/none", "[\"x\"]", true)]
    [InlineData("StringEqualsIfExists", "aws:RequestTag/owner", "[\"ana\"]", true)]
    [InlineData("StringEqualsIfExists", "aws:RequestTag/owner", "[\"bob\"]", false)]
    public void A_condition_holds_as_in_IAM(string @operator, string key, string values, bool holds)
    {
        var policy = Statement($$$"""{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","Condition":{"{{{@operator}}}":{"{{{key}}}":{{{values}}} } } }""");
        Assert.Equal(holds ? AccessDecision.Allowed : AccessDecision.NotAllowed, Decide(policy, "ec2:CreateTags", Volume));
    }

    [Fact]
    public void All_conditions_must_hold_and_a_denial_wins_over_any_allowance()
    {
        const string both = """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/owner":"ana","aws:RequestTag/team":"a"},"Null":{"aws:TagKeys":"false"}}}""";
        const string denial = """{"Effect":"Deny","Action":"ec2:DeleteVolume","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/team":"b"}}}""";
        const string all = """{"Effect":"Allow","Action":"*","Resource":"*"}""";
        Assert.Equal(AccessDecision.NotAllowed, Decide(Statement(both), "ec2:DeleteVolume", Volume));
        Assert.Equal(AccessDecision.Denied, Decide(Statement($"{all},{denial}"), "ec2:DeleteVolume", Volume));
        Assert.Equal(AccessDecision.Allowed, Decide(Statement($"{denial},{all}"), "ec2:CreateVolume", Volume));
        Assert.Equal(AccessDecision.NotAllowed, PolicyDocument.Decide([], Asked("ec2:DeleteVolume", Volume)));
        Assert.Equal(AccessDecision.Denied, PolicyDocument.Decide([Statement(all), Statement(denial)], Asked("ec2:DeleteVolume", Volume)));
    }

    [Theory]
    [InlineData("nonsense", "no JSON")]
    [InlineData("[]", "object")]
    [InlineData("""{"Statement":[]}""", "Version")]
    [InlineData("""{"Version":"2008-10-17","Statement":[]}""", "Version")]
    [InlineData("""{"Version":"2012-10-17","Statement":[],"Owner":"x"}""", "Owner")]
    [InlineData("""{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}""", "no JSON")]
    public void What_is_no_policy_is_refused(string json, string because) =>
        Assert.Contains(because, Assert.Throws<FormatException>(() => PolicyDocument.Parse(json)).Message);

    [Theory]
    [InlineData("""{"Effect":"allow","Action":"ec2:CreateTags","Resource":"*"}""", "Effect")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:CreateTags"}""", "Resource")]
    [InlineData("""{"Effect":"Allow","NotAction":"ec2:CreateTags","Resource":"*"}""", "NotAction")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:CreateTags","NotResource":"*"}""", "NotResource")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","Principal":"*"}""", "Principal")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","condition":{}}""", "condition")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:CreateTag","Resource":"*"}""", "ec2:CreateTag ")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:*Tags","Resource":"*"}""", "ec2:*Tags")]
    [InlineData("""{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}""", "s3:GetObject")]
    [InlineData("""{"Effect":"Allow","Action":"CreateTags","Resource":"*"}""", "CreateTags")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"volume/*"}""", "volume/*")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"arn:aws:s3:::bucket"}""", "s3")]
    [InlineData("""{"Sid":"no spaces","Effect":"Allow","Action":"ec2:CreateTags","Resource":"*"}""", "Sid")]
    [InlineData("""{"Effect":"Allow","Action":[1],"Resource":"*"}""", "no text")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"arn:aws:ec2:*:${aws:PrincipalAccount}:volume/*"}""", "variable")]
    public void A_statement_that_is_not_evaluated_is_refused(string statement, string because) =>
        Assert.Contains(because, Assert.Throws<FormatException>(() => Statement(statement)).Message);

    [Theory]
    [InlineData("""{"StringEqualsIgnoreCase":{"aws:RequestTag/a":"b"}}""")]
    [InlineData("""{"NullIfExists":{"aws:RequestTag/a":"true"}}""")]
    [InlineData("""{"ForAllValues:Bool":{"aws:TagKeys":"true"}}""")]
    [InlineData("""{"StringEquals":{"aws:RequestTag/":"b"}}""")]
    [InlineData("""{"StringEquals":{"aws:SourceIp":"b"}}""")]
    [InlineData("""{"StringEquals":{"aws:TagKeys":"b"}}""")]
    [InlineData("""{"StringEquals":{"ec2:ResourceTag/a":[]}}""")]
    [InlineData("""{"StringEquals":{"ec2:ResourceTag/a":"${aws:PrincipalTag/cluster}"}}""")]
    [InlineData("""{"Null":{"aws:TagKeys":"no"}}""")]
    [InlineData("""{"StringEquals":"ec2:ResourceTag/a"}""")]
    public void A_condition_that_is_not_evaluated_is_refused(string condition) => Assert.Throws<FormatException>(
        () => Statement($$"""{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*","Condition":{{condition}}}"""));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_docs_iam_is_a_policy_without_stars_that_IAM_would_take(string file)
    {
        // A managed policy holds 6,144 characters, white space not counted.
        const int largest = 6_144;
        var text = File.ReadAllText(Repository.PathOf($"docs/iam/{file}"));
        var policy = PolicyDocument.Parse(text);
        Assert.Contains($"../iam/{file}", File.ReadAllText(Repository.PathOf("docs/guides/iam.md")));
        Assert.True(text.Count(character => !char.IsWhiteSpace(character)) <= largest);
        foreach (var statement in policy.Statements)
        {
            Assert.DoesNotContain(statement.Actions, action => action.Contains('*', StringComparison.Ordinal));
            var describes = statement.Actions.Count(action => action.StartsWith("ec2:Describe", StringComparison.Ordinal));
            Assert.Equal(statement.Resources.Contains("*") ? statement.Actions.Count : 0, describes);
        }
    }

    private static PolicyDocument Statement(string statements) => PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""");

    private static AccessDecision Decide(PolicyDocument policy, string action, string resource) => PolicyDocument.Decide([policy], Asked(action, resource));

    private static AccessRequest Asked(string action, string resource) => new(action, resource, new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
    {
        ["aws:RequestTag/owner"] = ["ana"],
        ["aws:RequestTag/team"] = ["b"],
        ["aws:TagKeys"] = ["owner", "team"],
        ["ec2:Encrypted"] = ["true"],
    });
}
