using EbsPv.Errors;
using EbsPv.PersistentVolumes;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Core;

public class AnnotationRulesTests
{
    [Fact]
    public void Annotations_may_say_anything_under_a_legal_key() =>
        AnnotationRules.Check(new Dictionary<string, string> { ["runbook"] = "https://wiki/x y\nz", ["example.com/owner"] = "" });

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("Example.com/a")]
    [InlineData("kubectl.kubernetes.io/last-applied-configuration")]
    [InlineData("kubernetes.io/change-cause")]
    [InlineData("pv.kubernetes.io/provisioned-by")]
    [InlineData("pv.kubernetes.io/migrated-to")]
    [InlineData("pv.kubernetes.io/bound-by-controller")]
    [InlineData("ebspv/move")]
    public void Keys_that_others_act_upon_or_that_are_none_are_refused(string key) =>
        Assert.Equal(key, Refusal.Of(ErrorIds.AnnotationInvalid, () => AnnotationRules.Check(new Dictionary<string, string> { [key] = "x" })).Target);

    [Fact]
    public void Together_they_have_256_KiB()
    {
        AnnotationRules.Check(new Dictionary<string, string> { ["a"] = new string('ñ', 128 * 1024 - 1) });
        Refusal.Of(ErrorIds.AnnotationInvalid, () => AnnotationRules.Check(new Dictionary<string, string> { ["a"] = new string('ñ', 128 * 1024) }));
    }
}
