using EbsPv.Moves;
using Xunit;

namespace EbsPv.Tests.Moves;

public class ManagedElsewhereTests
{
    [Theory]
    [InlineData("argocd.argoproj.io/tracking-id", "shop:/PersistentVolume:/data", "Argo CD (argocd.argoproj.io/tracking-id=shop:/PersistentVolume:/data)")]
    [InlineData("argocd.argoproj.io/instance", "shop", "Argo CD (argocd.argoproj.io/instance=shop)")]
    [InlineData("kustomize.toolkit.fluxcd.io/name", "shop", "Flux (kustomize.toolkit.fluxcd.io/name=shop)")]
    [InlineData("helm.toolkit.fluxcd.io/name", "shop", "Flux (helm.toolkit.fluxcd.io/name=shop)")]
    [InlineData("meta.helm.sh/release-name", "shop", "Helm (meta.helm.sh/release-name=shop)")]
    [InlineData("app.kubernetes.io/managed-by", "Helm", "Helm")]
    public void Marks_of_GitOps_tools_are_known_as_labels_and_as_annotations(string key, string value, string manager)
    {
        var marks = new Dictionary<string, string> { [key] = value };

        Assert.Equal(manager, ManagedElsewhere.Manager(MoveFacts.Volume("data") with { Labels = marks }));
        Assert.Equal(manager, ManagedElsewhere.Manager(MoveFacts.Volume("data") with { Annotations = marks }));
        Assert.NotNull(ManagedElsewhere.Refusal(MoveFacts.Volume("data") with { Labels = marks }, "is not moved"));
    }

    [Theory]
    [InlineData("app.kubernetes.io/managed-by", "EbsPv")]
    [InlineData("app.kubernetes.io/instance", "shop")]
    [InlineData("kubectl.kubernetes.io/last-applied-configuration", "{}")]
    [InlineData("pv.kubernetes.io/provisioned-by", "ebs.csi.aws.com")]
    public void Marks_of_others_are_not(string key, string value)
    {
        var volume = MoveFacts.Volume("data") with { Labels = new Dictionary<string, string> { [key] = value }, Annotations = new Dictionary<string, string> { [key] = value } };

        Assert.Null(ManagedElsewhere.Manager(volume));
        Assert.Null(ManagedElsewhere.Refusal(volume, "is not moved"));
    }

    [Fact]
    public void An_owner_comes_first_since_it_takes_the_PersistentVolume_with_it()
    {
        var volume = MoveFacts.Volume("data") with { Owner = ["Database shop"], Labels = new Dictionary<string, string> { ["argocd.argoproj.io/instance"] = "shop" } };

        Assert.Equal("Database shop, which owns it", ManagedElsewhere.Manager(volume));
    }

    [Fact]
    public void What_a_mark_says_cannot_draw_on_the_terminal()
    {
        var volume = MoveFacts.Volume("data") with { Labels = new Dictionary<string, string> { ["argocd.argoproj.io/instance"] = "\u001b[2Jshop" } };

        Assert.DoesNotContain('\u001b', ManagedElsewhere.Manager(volume)!);
    }
}
