using System.Management.Automation;
using System.Text.RegularExpressions;
using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What goes to the streams beside the results.</summary>
public sealed partial class StreamTests(SandboxBackend backend) : SandboxTests(backend)
{
    [Fact]
    public async Task Verbose_has_one_line_a_call()
    {
        await Admin.ClearLedgerAsync();

        var result = Session.Run("$VerbosePreference = 'Continue'; " + Line).WithoutErrors();

        var told = result.Verbose.Select(line => CallLine().Match(line)).Where(match => match.Success)
            .Select(match => $"{match.Groups["service"].Value.ToLowerInvariant()} {match.Groups["call"].Value}");
        var counted = (await Admin.CountsAsync()).SelectMany(call => Enumerable.Repeat(call.Key, call.Value));
        Assert.Equal(counted.Order(), told.Order());
    }

    [Fact]
    public void Verbose_names_where_cluster_and_region_come_from()
    {
        var verbose = Session.Run("Get-WorkerZone -Verbose").WithoutErrors().Verbose;

        Assert.Contains("Cluster proyecto.k8s.local, from kube context proyecto.k8s.local.", verbose);
        Assert.Contains("Region eu-west-1, from AWS_REGION.", verbose);
    }

    [Fact]
    public void Progress_that_was_begun_is_completed()
    {
        Session.Run("'eu-west-1b' | New-ClusterEbsVolume -Size 10 -CountPerZone 20").WithoutErrors();

        var activities = Session.Screen.Progress.GroupBy(record => record.ActivityId).ToList();
        Assert.NotEmpty(activities);
        Assert.All(activities, activity => Assert.Equal(ProgressRecordType.Completed, activity.Last().RecordType));
    }

    [GeneratedRegex("^(?<service>EC2) (?<call>[A-Za-z]+) in |^(?<service>Kubernetes) (?<call>[a-z]+ [a-z]+)")]
    private static partial Regex CallLine();
}
