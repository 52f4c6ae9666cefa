using System.Text;
using EbsPv.Clients.Kubernetes;
using EbsPv.Errors;
using EbsPv.Tests.Clients.Yaml;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Kubernetes;

/// <summary>Files that no honest tool writes: refused after bounded work, and never quoted.</summary>
public class HostileKubeconfigTests
{
    private const string Bomb = """
        a: &a [canary, canary, canary]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
        """;

    public static TheoryData<string, string> Texts => new()
    {
        { "aliases", Bomb },
        { "depth", new string('[', 65) + "canary" + new string(']', 65) },
        { "depth of blocks", string.Concat(Enumerable.Range(0, 80).Select(depth => new string(' ', depth) + "k:\n")) },
        { "400 kB of [", new string('[', 400_000) },
        { "400 kB of {", new string('{', 400_000) },
        { "150,000 entries", "users:\n" + string.Concat(Enumerable.Repeat("- {}\n", 150_000)) },
        { "duplicate keys", "current-context: a\ncurrent-context: canary\n" },
        { "duplicate keys below", "users:\n- name: u\n  user: {token: canary, token: b}\n" },
        { "unknown tag", "users:\n- name: u\n  user: {token: !!python/object/apply:os.system ['canary']}\n" },
        { "local tag", "current-context: !canary x\n" },
        { "NUL", "current-context: a\0canary\n" },
        { "unfinished", "users: [canary" },
        { "tabs", "users:\n\t- canary\n" },
        { "a list", "- canary\n" },
        { "a text", "canary" },
        { "a tokenfile by mistake", "eyJhbGciOi.canary.sig\n" },
        { "an endless line", "current-context: \"" + new string('x', 1_000_000) },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void It_is_refused_and_not_quoted(string what, string text)
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.Write("config", text), what);
    }

    [Fact]
    public void A_file_without_an_encoding_mark_is_UTF8()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.Write("config", new UnicodeEncoding(false, false).GetBytes("current-context: canary\n")), "UTF-16 without a mark");
        AssertRefused(folder.Write("config", [.. "current-context: "u8, 0xff, 0xfe, 0x80, (byte)'\n']), "no UTF-8");
    }

    [Fact]
    public void A_file_of_PowerShell_5_with_its_mark_is_read()
    {
        using var folder = new TemporaryFolder();
        var marked = folder.Write("config", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("current-context: a\n")]);
        Assert.Equal("a", Kubeconfigs.Load(marked)!.CurrentContext);
    }

    [Theory]
    [InlineData("[", 400_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("? ", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("&a [*a, ", 100_000)]
    public void Depth_and_aliases_cost_65_levels(string opening, int times)
    {
        using var text = new EndlessStream("", opening.Length * times, opening);
        var document = new KubeconfigDocument(text, "config");
        Refusal.Of(ErrorIds.KubeconfigInvalid, () => document.Read());
        Assert.InRange(document.Events, 1, 140);
    }

    [Theory]
    [InlineData("current-context: ", "x")]
    [InlineData("current-context: \"", "x")]
    [InlineData("#", "x")]
    [InlineData("", " ")]
    [InlineData("", "%TAG !a! tag:a\n")]
    [InlineData("", "---\n")]
    [InlineData("", "a: &a b\n")]
    [InlineData("\ufeff", "\0")]
    public void A_gigabyte_costs_4_MB(string beginning, string again)
    {
        // As from a pipe or /dev/zero, whose length nobody knows.
        using var text = new EndlessStream(beginning, 1L << 30, again);
        var document = new KubeconfigDocument(text, "config");
        Refusal.Of(ErrorIds.KubeconfigInvalid, () => document.Read());
        Assert.InRange(text.Position, KubeconfigDocument.MaxBytes, KubeconfigDocument.MaxBytes + 64 * 1024);
        Assert.Equal(0, document.Events);
    }

    [Theory]
    [InlineData("a: [", "1,")]
    [InlineData("", "---\n")]
    [InlineData("a:\n", "- b\n")]
    public void Parts_cost_100_000(string beginning, string again)
    {
        using var text = new EndlessStream(beginning, KubeconfigDocument.MaxBytes - 1, again);
        var document = new KubeconfigDocument(text, "config");
        Refusal.Of(ErrorIds.KubeconfigInvalid, () => document.Read());
        Assert.Equal(100_001, document.Events);
    }

    [Fact]
    public void More_than_4_MB_are_not_read()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.Write("config", "current-context: canary\n#" + new string('x', 4 * 1024 * 1024)), "over 4 MB");
        var most = "current-context: a\n" + string.Concat(Enumerable.Repeat($"#{new string('x', 1022)}\n", 4_095));
        Assert.Equal("a", Kubeconfigs.Load(folder.Write("config", most))!.CurrentContext);
    }

    private static void AssertRefused(string path, string what)
    {
        try
        {
            var config = Kubeconfigs.Load(path);
            Assert.Fail($"{what}: read, with the current context '{config?.CurrentContext}'");
        }
        catch (EbsPvException refusal)
        {
            Assert.Equal(ErrorIds.KubeconfigInvalid, refusal.ErrorId);
            Assert.Contains(path, refusal.Message);
            Recorder.AssertNoSecretIn(refusal);
        }
    }
}
