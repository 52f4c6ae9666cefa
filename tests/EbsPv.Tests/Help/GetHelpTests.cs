using Xunit;

namespace EbsPv.Tests.Help;

/// <summary>What Get-Help of the real engine makes of the help file.</summary>
public sealed class GetHelpTests(GetHelpTests.Answers answers) : IClassFixture<GetHelpTests.Answers>
{
    // One child process answers all questions: starting the engine is what takes time.
    private const string Questions = """
        Import-Module ./EbsPv.psd1
        foreach ($command in Get-Command -Module EbsPv) {
            $help = Get-Help $command.Name -Full
            "synopsis $($command.Name) $($help.Synopsis)"
            "examples $($command.Name) $(@($help.examples.example).Count)"
            foreach ($parameter in $command.Parameters.Values) {
                if ([System.Management.Automation.Cmdlet]::CommonParameters -contains $parameter.Name) { continue }
                $hidden = @($parameter.Attributes | Where-Object { $_ -is [Parameter] -and $_.DontShow }).Count -gt 0
                $text = @($help.parameters.parameter | Where-Object { $_.name -eq $parameter.Name }).description.Text
                if ($hidden -and $text) { "leaked $($command.Name) -$($parameter.Name)" }
                if (-not $hidden -and -not $text) { "undocumented $($command.Name) -$($parameter.Name)" }
            }
        }
        Get-Help New-ClusterEbsVolume -Full | Out-Host
        Get-Help about_EbsPv | Out-Host
        """;

    public static TheoryData<string> Cmdlets => [.. Repository.Cmdlets];

    [Fact]
    public void The_bare_engine_answers()
    {
        Assert.True(answers.ExitCode == 0, answers.Text);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_cmdlet_has_synopsis_and_examples(string cmdlet)
    {
        Assert.Matches($@"(?m)^synopsis {cmdlet} \w.*\.$", answers.Text);
        Assert.Matches($@"(?m)^examples {cmdlet} (?:[3-9]|\d\d)$", answers.Text);
    }

    [Fact]
    public void Every_shown_parameter_is_documented_and_no_hidden_one()
    {
        Assert.DoesNotMatch("(?m)^(?:undocumented|leaked) .*$", answers.Text);
    }

    [Theory]
    [InlineData(@"SYNTAX\n    New-ClusterEbsVolume \[\[-AvailabilityZone\] <string\[\]>\] -Size <string>")]
    [InlineData(@"-Size <string>\n        Size of each volume in GiB")]
    [InlineData(@"Required\?                    true")]
    [InlineData(@"Default value                manual-ebs")]
    [InlineData(@"Accept pipeline input\?       True \(ByPropertyName\)")]
    [InlineData(@"Aliases                      ZoneName")]
    [InlineData(@"INPUTS\n    EbsPv\.WorkerZone")]
    [InlineData(@"OUTPUTS\n    EbsPv\.ClusterEbsVolume")]
    [InlineData(@"Example 1: .*\n\s*\n    PS> Get-WorkerZone \| New-ClusterEbsVolume -Size 10 \| Register-EbsPersistentVolume\n")]
    [InlineData(@"RELATED LINKS\n    Get-WorkerZone")]
    public void The_full_help_shows(string expected)
    {
        Assert.Matches(expected, answers.Text);
    }

    [Fact]
    public void The_about_topic_shows_every_error_id()
    {
        Assert.Contains("TOPIC\n    about_EbsPv", answers.Text);
        var ids = typeof(Errors.ErrorIds).GetFields().Select(field => field.Name);
        Assert.All(ids, id => Assert.Matches($@"(?m)^      {id}  +\S", answers.Text));
    }

    [Fact]
    public void No_address_is_promised_for_online_help()
    {
        Assert.DoesNotContain("-Online", answers.Text);
    }

    /// <summary>The answers, got once.</summary>
    public sealed class Answers
    {
        public Answers() => (ExitCode, Text) = Repository.RunShell(Questions);

        public int ExitCode { get; }

        public string Text { get; }
    }
}
