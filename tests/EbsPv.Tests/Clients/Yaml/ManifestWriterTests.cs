using System.Text;
using System.Text.Json.Nodes;
using EbsPv.Clients.Manifests;
using Xunit;

namespace EbsPv.Tests.Clients.Yaml;

public class ManifestWriterTests
{
    private static readonly string[] Nasty =
    [
        "", " ", "yes", "No", "on", "y", "~", "null", "1", "-1", "1e3", "0x1F", "0o17", "017", "1_000", ".5", "5.", "1:20", "2020-01-01", "2020-01-01T00:00:00Z",
        "10Gi", "aws://eu-west-1b/vol-1", "a: b", "a #b", "#a", "- a", "-", "---", "...", "? a", "[a]", "{a}", "*a", "&a", "!a", "!!str", "%a", "@a", "`a", "'a'", "\"a\"", "a\\b", "a\tb",
        " a", "a ", "a\n", "a\nb", "a\n\nb\n", "\na", "a\r\nb", "a \nb\n", " a\nb\n", "a\u0085b", "a\u2028b", "\u00a0", "\uFEFFa", "ñandú", "😀", "\u0001", "=", "<<", "|", ">", "a,b", "true", "TRUE", ".inf", ".NaN", "+1",
        "x: |", "key:", ":", "::", "a:b", "12e03", "089", "0b1", "1Gi ", "kubectl.kubernetes.io/last-applied-configuration", "{\"a\":\"b\"}\n", "a'b\"c",
    ];

    [Fact]
    public void A_manifest_reads_as_people_write_it() => Assert.Equal(
        """
        ---
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: manual-ebs-01
          labels:
            type: ebs
            number: "1"
          annotations: {}
        spec:
          capacity:
            storage: 10Gi
          accessModes:
          - ReadWriteOnce
          mountOptions: []
          awsElasticBlockStore:
            volumeID: aws://eu-west-1b/vol-0123456789abcdef0
            partition: 1
            readOnly: true

        """,
        ManifestWriter.ToYaml("""{"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"manual-ebs-01","labels":{"type":"ebs","number":"1"},"annotations":{}},"spec":{"capacity":{"storage":"10Gi"},"accessModes":["ReadWriteOnce"],"mountOptions":[],"awsElasticBlockStore":{"volumeID":"aws://eu-west-1b/vol-0123456789abcdef0","partition":1,"readOnly":true}}}"""));

    [Fact]
    public void Long_texts_stay_on_one_line_and_lines_become_a_block()
    {
        var json = new JsonObject { ["long"] = string.Join(' ', Enumerable.Repeat("word", 500)), ["lines"] = "{\"a\": 1}\nb\n" }.ToJsonString();
        var lines = ManifestWriter.ToYaml(json).Split('\n');
        Assert.Equal(["---", "lines: |", "  {\"a\": 1}", "  b", ""], [lines[0], .. lines[2..]]);
    }

    [Fact]
    public void What_is_written_is_read_back_the_same()
    {
        var random = new Random(20261124);
        for (var round = 0; round < 400; round++)
        {
            var json = Tree(random, 0).ToJsonString();
            var yaml = ManifestWriter.ToYaml(json);
            Assert.StartsWith("---\n", yaml, StringComparison.Ordinal);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(Read(yaml + yaml)[1])), yaml);
        }
    }

    [Fact]
    public async Task Kubectl_reads_it_the_same()
    {
        var data = new JsonObject(Nasty.Select((text, index) => new KeyValuePair<string, JsonNode?>($"k{index}", text)));
        foreach (var text in Nasty.Where(text => text.Length > 0)) data[text] = "key";
        var thing = new JsonObject { ["apiVersion"] = "example.com/v1", ["kind"] = "Thing", ["metadata"] = new JsonObject { ["name"] = "x" }, ["data"] = data };
        var seen = await LocalKubectl.ReadAsync(ManifestWriter.ToYaml(thing.ToJsonString()));
        Assert.True(JsonNode.DeepEquals(data, seen["data"]), seen["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Kubectl_takes_scalars_as_the_reader_does()
    {
        string[] scalars =
        [
            "y", "yes", "On", "0x1F", "0o17", "017", "0b101", "1_000", "1e3", ".5", "5.", "2020-01-01", "1:20", "~", "1.50", "-0x1", "+5", "089", "1e400", "0x", ".", "1.2.3",
            "0o", "+.5", "1E+2", "_1", "1_", "0.1_0", "12e03", "Null", "1__0", "-0b11", "00", "0_7", "123456789012345678901234567890", "1e21", "0.000001", "1e-7", "10Gi", "n", "OFF", "Off",
            "tRue", "!!str 1", "! 1", "!!int 7", "'1'", "\"x\\u00e9y\"", "-0", "0.0", "1.", "a b", "x:y", "18446744073709551615", "-9223372036854775809",
        ];
        var yaml = new StringBuilder("apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: x}\ndata:\n");
        for (var index = 0; index < scalars.Length; index++) yaml.Append($"  k{index}: {scalars[index]}\n");
        yaml.Append("  1: a\n  true: b\n  2.5: c\n  0x10: d\n");
        var ours = JsonNode.Parse(Read(yaml.ToString())[0])!["data"]!.AsObject();
        var theirs = (await LocalKubectl.ReadAsync(yaml.ToString()))["data"]!.AsObject();
        Assert.Equal(theirs.Select(pair => pair.Key).Order(StringComparer.Ordinal), ours.Select(pair => pair.Key).Order(StringComparer.Ordinal));
        for (var index = 0; index < scalars.Length; index++) Assert.Equal(Plain(theirs[$"k{index}"]), $"{Plain(ours[$"k{index}"])}");
    }

    // Both are numbers; how many digits are shown is not the point.
    private static string Plain(JsonNode? value) =>
        value is null ? "null" : value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? $"{value.AsValue().GetValue<double>():R}" : value.ToJsonString();

    private static List<string> Read(string yaml)
    {
        using var reader = new ManifestReader(new MemoryStream(Encoding.UTF8.GetBytes(yaml)), "x");
        return [.. reader.Documents().Select(document => document.Json)];
    }

    private static JsonNode Tree(Random random, int depth)
    {
        if (depth == 0 || (depth < 5 && random.Next(3) == 0))
        {
            var map = new JsonObject();
            for (var member = random.Next(5) + (depth == 0 ? 1 : 0); member > 0; member--) map[Text(random)] = random.Next(8) == 0 ? null : Tree(random, depth + 1);
            return map;
        }

        if (depth < 5 && random.Next(4) == 0) return new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Tree(random, depth + 1))]);
        return random.Next(6) switch
        {
            0 => JsonValue.Create(random.Next(-5, 5000)),
            1 => JsonValue.Create(random.Next(2) == 0),
            2 => JsonValue.Create(random.Next(1, 100) / 8.0),
            _ => JsonValue.Create(Text(random)),
        };
    }

    private static string Text(Random random)
    {
        var text = Nasty[random.Next(Nasty.Length)];
        return random.Next(3) == 0 ? text + Nasty[random.Next(Nasty.Length)] : text;
    }
}
