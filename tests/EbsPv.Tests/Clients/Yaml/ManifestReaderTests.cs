using System.Text;
using EbsPv.Clients.Manifests;
using EbsPv.Errors;
using EbsPv.Tests.Support;
using Xunit;
using YamlDotNet.Core;

namespace EbsPv.Tests.Clients.Yaml;

public sealed class ManifestReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Documents_are_numbered_and_empty_ones_do_not_count()
    {
        const string Text = "# the runbook's\n---\na: 1\n---\n# nothing\n---\n\nb: [x, {c: ~}]\n---\nnull\n---\n";
        var documents = Read(Text);
        Assert.Equal(["""{"a":1}""", """{"b":["x",{"c":null}]}"""], documents.Select(document => document.Json));
        Assert.Equal([(1, 3), (2, 8)], documents.Select(document => (document.Number, document.Line)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n# only a comment\n")]
    [InlineData("---\n---\n...\n---\n")]
    public void A_file_may_be_empty(string text) => Assert.Empty(Read(text));

    [Fact]
    public void JSON_is_YAML_too() => Assert.Equal("""{"a":{"b":[1,"1",true]}}""", Read("\uFEFF{\"a\": {\"b\": [1, \"1\", true]}}\n").Single().Json);

    [Theory]
    [InlineData("apiVersion: v1\nkind: PersistentVolume\nspec:\n  a: 1\n")]
    [InlineData("---\napiVersion: v1\nkind: PersistentVolume\nspec:\n  a: 1\n")]
    [InlineData("# by hand\napiVersion: v1\nkind: PersistentVolume\nspec:\n  a: 1\n")]
    public void A_byte_order_mark_is_no_part_of_the_text(string text) =>
        Assert.Equal("""{"apiVersion":"v1","kind":"PersistentVolume","spec":{"a":1}}""", Read("\uFEFF" + text).Single().Json);

    [Fact]
    public void A_file_of_nothing_but_the_mark_is_empty() => Assert.Empty(Read("\uFEFF"));

    [Theory]
    [InlineData("a: *b\n")]
    [InlineData("a: [1\n")]
    [InlineData("a: x\0y\n")]
    public void A_refusal_ends_in_one_stop(string text) => Assert.Matches("[^.]\\.\\z", Refused(text).Message);

    [Fact]
    public void Blocks_and_quotes_are_texts() => Assert.Equal(
        """{"a":"x\ny\n","b":"x y","c":"1","d":"yes","e":"q\tr"}""",
        Read("a: |\n  x\n  y\nb: >-\n  x\n  y\nc: '1'\nd: \"yes\"\ne: \"q\\tr\"\n").Single().Json);

    [Theory]
    [InlineData("a: *b\n", "Aliases")]
    [InlineData("a: &b {c: 1}\nd: *b\n", "Aliases")]
    [InlineData("a: !!binary eA==\n", "tag")]
    [InlineData("a: !!python/object:os.system x\n", "Tags")]
    [InlineData("a: !local x\n", "Tags")]
    [InlineData("a: !!int x\n", "tag")]
    [InlineData("<<: {a: 1}\n", "Merge")]
    [InlineData("a: 1\na: 2\n", "'a'")]
    [InlineData("a: {b: 1, \"b\": 2}\n", "'b'")]
    [InlineData("[1]: 2\n", "key")]
    [InlineData("a: \"\u0007\"\n", "U+0007")]
    [InlineData("a: x\0y\n", "U+0000")]
    [InlineData("a: [1\n", "")]
    [InlineData("a: b: c\n", "")]
    [InlineData("a:\n\tb: 1\n", "")]
    [InlineData("a: 'x\n", "")]
    [InlineData("%YAML 9.9\n---\na: 1\n", "")]
    public void What_no_honest_manifest_holds_is_refused(string text, string names)
    {
        var failure = Refused(text);
        Assert.Contains(names, failure.Message, StringComparison.Ordinal);
        Assert.Contains("manifest.yml", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_twice_is_told_with_its_line() => Assert.Contains("line 3", Refused("a:\n  b: 1\n  b: 2\n").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Only_UTF_8_is_taken(string encoding)
    {
        var coding = Encoding.GetEncoding(encoding);
        byte[][] files = [coding.GetBytes("a: 1\n"), [.. coding.GetPreamble(), .. coding.GetBytes("a: 1\n")], [0x61, 0x3A, 0x20, 0xC3, 0x28, 0x0A]];
        Assert.All(files, bytes => Assert.Contains("it is not in UTF-8", Refused(bytes).Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[", 400_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 200_000)]
    [InlineData("? ", 200_000)]
    public void Depth_costs_64_levels(string opening, int times)
    {
        using var reader = Reader(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(opening, times)))));
        Assert.Throws<YamlException>(() => reader.Documents().ToList());
        Assert.InRange(reader.Events, 1, 140);
        Assert.InRange(reader.Characters, 1, 8192);
    }

    [Fact]
    public void Deep_blocks_cost_64_levels()
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(level => $"{new string(' ', level)}a:\n"));
        using var reader = Reader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Assert.Throws<YamlException>(() => reader.Documents().ToList());
        Assert.InRange(reader.Events, 1, 140);
    }

    [Theory]
    [InlineData("a: x")]
    [InlineData("a: \"x")]
    [InlineData("# x")]
    [InlineData("x")]
    public void A_line_of_1_GB_costs_4_MB(string beginning)
    {
        using var endless = new EndlessStream(beginning, 1L << 30);
        using var reader = Reader(endless);
        Assert.Throws<YamlException>(() => reader.Documents().ToList());
        Assert.InRange(endless.Position, BoundedText.MaxDocument, BoundedText.MaxDocument + 64 * 1024);
    }

    [Theory]
    [InlineData("", " ")]
    [InlineData("", "\n")]
    [InlineData("%YAML 1.1\n", "%TAG !a! tag:a\n")]
    [InlineData("a: |\n", "  x\n")]
    [InlineData("a: x", " y")]
    public void So_does_a_gigabyte_of_anything(string beginning, string again)
    {
        using var endless = new EndlessStream(beginning, 1L << 30, again);
        using var reader = Reader(endless);
        Assert.ThrowsAny<YamlException>(() => reader.Documents().ToList());
        Assert.InRange(endless.Position, 1, BoundedText.MaxDocument + 64 * 1024);
        Assert.InRange(reader.Events, 0, 10);
    }

    [Fact]
    public void Two_thousand_PersistentVolumes_are_no_trouble()
    {
        // The library gives up at 1,500: it counts the parts of all documents together.
        var volume = "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv, labels: {a: b, c: d, e: f}, annotations: {a: b, c: d, e: f}}\n"
            + "spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], csi: {driver: d, volumeHandle: v, volumeAttributes: {a: b, c: d, e: f, g: h}}}\n---\n";
        Assert.Equal(2_000, Read(string.Concat(Enumerable.Repeat(volume, 2_000))).Count);
    }

    [Fact]
    public void A_document_has_100_000_parts_and_a_file_10_000_documents()
    {
        using var parts = Reader(new MemoryStream(Encoding.UTF8.GetBytes("[" + string.Concat(Enumerable.Repeat("1,", 150_000)) + "1]")));
        Assert.Throws<YamlException>(() => parts.Documents().ToList());
        Assert.Equal(100_001, parts.Events);
        using var documents = Reader(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("---\n", 10_002)))));
        Assert.Throws<YamlException>(() => documents.Documents().ToList());
    }

    [Fact]
    public void Many_documents_may_be_longer_together_than_one()
    {
        var document = $"---\na: {new string('x', 3 * 1024 * 1024)}\n";
        Assert.Equal(3, Read(document + document + document).Count);
        using var endless = new EndlessStream("", 1L << 30, document);
        using var reader = Reader(endless);
        Assert.Throws<YamlException>(() => reader.Documents().Count());
        Assert.InRange(endless.Position, BoundedText.MaxFile, BoundedText.MaxFile + 64 * 1024);
    }

    [Theory]
    [InlineData("spec: {capcity: {storage: 10Gi}}", "spec.capcity")]
    [InlineData("spec: {csi: {driver: d, volumeHandle: v, fstype: ext4}}", "spec.csi.fstype")]
    [InlineData("metadata: {labels: {type: yes}}", "metadata.labels.type")]
    [InlineData("spec: {accessModes: ReadWriteOnce}", "spec.accessModes")]
    [InlineData("spec: {awsElasticBlockStore: {volumeID: v, partition: one}}", "spec.awsElasticBlockStore.partition")]
    [InlineData("spec: 1", "spec")]
    [InlineData("spec: {capacity: {storage: 10GB}}", "an amount is not written as Kubernetes writes it")]
    [InlineData("spec: {capacity: {storage: 10G@i}}", "an amount")]
    public void Fields_that_a_PersistentVolume_does_not_have_are_named(string fields, string names)
    {
        var document = Read($"apiVersion: v1\nkind: PersistentVolume\n{fields}\n").Single();
        var failure = Refusal.Of(ErrorIds.ManifestInvalid, () => new ManifestFiles().CheckPersistentVolume(document));
        Assert.Contains($" {names}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("document 1 (line 1)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_a_PersistentVolume_has_is_taken() => new ManifestFiles().CheckPersistentVolume(Read(
        """
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: a
          creationTimestamp: 2020-01-01T00:00:00Z
          labels: {type: "yes"}
          finalizers: [kubernetes.io/pv-protection]
          ownerReferences: [{apiVersion: v1, kind: Node, name: node, uid: u, controller: true}]
        spec:
          capacity: {storage: 10}
          accessModes: [ReadWriteOnce]
          claimRef: {namespace: a, name: b}
          volumeAttributesClassName: gold
          nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: k, operator: In, values: [v]}]}]}}
          awsElasticBlockStore: {volumeID: v, fsType: ext4, partition: 1, readOnly: false}
        status: {phase: Available}
        """).Single());

    [Fact]
    public void Missing_files_and_directories_are_told_apart()
    {
        Assert.Equal("/nowhere/pv.yml", Refusal.Of(ErrorIds.ManifestNotFound, () => new ManifestFiles().Read("/nowhere/pv.yml")).Target);
        Refusal.Of(ErrorIds.PathIsDirectory, () => new ManifestFiles().Read(_folder.Path));
    }

    private static ManifestReader Reader(Stream stream) => new(stream, "manifest.yml");

    private IReadOnlyList<Ports.ManifestDocument> Read(string text) => new ManifestFiles().Read(File(Encoding.UTF8.GetBytes(text)));

    private EbsPvException Refused(string text) => Refused(Encoding.UTF8.GetBytes(text));

    private EbsPvException Refused(byte[] bytes) => Refusal.Of(ErrorIds.ManifestInvalid, () => new ManifestFiles().Read(File(bytes)));

    private string File(byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, "manifest.yml");
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }
}
