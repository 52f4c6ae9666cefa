using System.Management.Automation.Runspaces;
using System.Xml.Linq;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Engine;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.Module.Tests.Meta;

/// <summary>What a user sees: the tables, and the lists with everything.</summary>
public sealed class ViewTests(SandboxBackend backend) : SandboxTests(backend)
{
    [Fact]
    public void The_manifest_names_every_format_file()
    {
        var built = Directory.GetFiles(Checkout.Bin, "*.ps1xml").Select(file => $"bin/{Path.GetFileName(file)}").Order();

        Assert.Equal(built, Session.Run("(Get-Module EbsPv).ExportedFormatFiles").WithoutErrors().Output.Select(file => Path.GetRelativePath(Checkout.Root, file.ToString()).Replace('\\', '/')).Order());
    }

    [Fact]
    public void Every_output_type_has_a_table_and_a_list()
    {
        var views = Views().ToList();

        Assert.All(ManifestTests.OutputTypes(), type =>
        {
            var own = views.Where(view => view.Descendants("TypeName").Any(name => name.Value == type.FullName)).ToList();
            Assert.Single(own, view => view.Element("TableControl") is not null);
            Assert.Single(own, view => view.Element("ListControl") is not null);
        });
    }

    [Fact]
    public void A_list_shows_every_property()
    {
        var views = Views().Where(view => view.Element("ListControl") is not null).ToList();

        Assert.All(ManifestTests.OutputTypes(), type =>
        {
            var view = views.Single(view => view.Descendants("TypeName").Any(name => name.Value == type.FullName));
            Assert.Equal(type.GetProperties().Select(property => property.Name).Order(), view.Descendants("Label").Select(label => label.Value).Order());
        });
    }

    [Fact]
    public void Zones_are_shown_as_the_design_shows_them()
    {
        var text = Rendered("Get-WorkerZone");

        Assert.Equal("AvailabilityZone Region    Workers ClusterName", text[0]);
        Assert.Equal("---------------- ------    ------- -----------", text[1]);
        Assert.Equal(["eu-west-1b       eu-west-1       1 proyecto.k8s.local", "eu-west-1c       eu-west-1       1 proyecto.k8s.local"], text[2..]);
    }

    [Fact]
    public void Volumes_are_shown_with_state_and_adoption()
    {
        var text = Rendered("Get-WorkerZone | New-ClusterEbsVolume -Size 10");

        Assert.Equal(["Name", "VolumeId", "AvailabilityZone", "Size", "Type", "State", "Adopted", "ClusterName"], Words(text[0]));
        Assert.Equal(["manual-ebs-01", "eu-west-1b", "10", "gp3", "available", "False", "proyecto.k8s.local"], Words(text[2]).Where((_, index) => index != 1));
    }

    [Fact]
    public void PersistentVolumes_are_shown_as_kubectl_shows_them()
    {
        var text = Rendered(Line);

        Assert.Equal(
            ["Name", "Capacity", "AccessModes", "ReclaimPolicy", "Status", "Claim", "StorageClass", "AvailabilityZone", "VolumeId", "Age"], Words(text[0]));
        Assert.Equal(["manual-ebs-01", "10Gi", "RWO", "Retain", "Available", "manual-ebs", "eu-west-1b"], Words(text[2])[..7]);
        Assert.Matches("^[0-9]+s$", Words(text[2])[^1]);
    }

    [Theory]
    [InlineData("Test-EbsPersistentVolume", "Message")]
    [InlineData("Test-EbsPersistentVolume | Repair-EbsPersistentVolume -WhatIf", "Change")]
    public void Sentences_are_not_cut(string script, string property)
    {
        Session.Run("$null = 'eu-west-1b', 'eu-west-1c' | New-ClusterEbsVolume -Size 10 -SetName spare; $null = Get-ClusterEbsVolume -AvailabilityZone eu-west-1b | Register-EbsPersistentVolume -VolumeSource InTree").WithoutErrors();
        var found = Session.Run(script).WithoutErrors();

        var text = Solid(Session.Render(found.Output));

        Assert.NotEmpty(found.Output);
        Assert.All(found.Each(property), sentence => Assert.Contains(Solid(sentence!), text));

        static string Solid(string text) => string.Concat(text.Where(one => !char.IsWhiteSpace(one)));
    }

    [Theory]
    [InlineData("Get-WorkerZone", "(?m)^InstanceId *: i-[0-9a-f]+$")]
    [InlineData("Get-WorkerZone | New-ClusterEbsVolume -Size 10", "(?m)^ *KubernetesCluster=proyecto.k8s.local$")]
    [InlineData(Line, "(?m)^ *topology.kubernetes.io/region=eu-west-1$")]
    public void Lists_write_several_values_out(string script, string expected)
    {
        var made = Session.Run(script).WithoutErrors();

        using var lists = new ModuleSession(Backend.Variables, WithListsOnly());
        var text = lists.Render(made.Output);

        Assert.Matches("(?m)^AvailabilityZone *: eu-west-1b$", text);
        Assert.Matches(expected, text);
    }

    // The bare engine has no Format-List: the same views without their tables make lists the default.
    private static InitialSessionState WithListsOnly()
    {
        var lists = new XElement("Configuration", new XElement("ViewDefinitions", Views().Where(view => view.Element("ListControl") is not null)));
        var file = Path.Combine(TestProcess.NewFolder("views"), "Lists.Format.ps1xml");
        lists.Save(file);
        var state = InitialSessionState.CreateDefault2();
        state.Formats.Add(new SessionStateFormatEntry(file));
        return state;
    }

    private static IEnumerable<XElement> Views() => Directory.GetFiles(Checkout.Bin, "*.ps1xml").SelectMany(file => XElement.Load(file).Descendants("View"));

    private string[] Rendered(string script) =>
        Session.Render(Session.Run(script).WithoutErrors().Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).ToArray();

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
