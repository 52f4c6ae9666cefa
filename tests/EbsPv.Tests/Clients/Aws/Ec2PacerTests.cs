using EbsPv.Clients.Aws;
using EbsPv.Errors;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Aws;

[Collection(nameof(EnvironmentTests))]
public class Ec2PacerTests
{
    private readonly SkippedTime _time = new();
    private readonly Recorder _reporter = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creates_have_nearly_a_hundred_free_and_five_a_second_after_that()
    {
        var pacer = new Ec2Pacer(_time);
        for (var call = 0; call < 100; call++) await pacer.WaitAsync("account", "CreateVolume", _reporter, Stop);
        Assert.Equal([0.2, 0.2, 0.2], _time.Seconds);
    }

    [Fact]
    public async Task Reading_is_paced_apart_and_so_is_every_account()
    {
        var pacer = new Ec2Pacer(_time);
        for (var call = 0; call < 98; call++) await pacer.WaitAsync("account", "DescribeVolumes", _reporter, Stop);
        Assert.Equal([0.05], _time.Seconds);
        await pacer.WaitAsync("account", "DescribeInstances", _reporter, Stop);
        await pacer.WaitAsync("account", "CreateVolume", _reporter, Stop);
        await pacer.WaitAsync("other", "DescribeVolumes", _reporter, Stop);
        Assert.Single(_time.Waits);
    }

    [Fact]
    public async Task A_wait_that_can_be_felt_is_told()
    {
        using var rates = new EnvironmentScope((Ec2Rates.Variable, "CreateVolume=2:0.5"));
        var pacer = new Ec2Pacer(_time);
        for (var call = 0; call < 3; call++) await pacer.WaitAsync("account", "CreateVolume", _reporter, Stop);
        Assert.Equal("EC2 CreateVolume: waiting 2.0 s for EC2's rate of calls.", _reporter.Lines[^1]);
    }

    [Fact]
    public async Task A_throttle_slows_its_own_action_down()
    {
        var pacer = new Ec2Pacer(_time);
        pacer.Throttled("account", "CreateVolume");
        await pacer.WaitAsync("account", "CreateVolume", _reporter, Stop);
        await pacer.WaitAsync("account", "DescribeVolumes", _reporter, Stop);
        Assert.Equal([0.4], _time.Seconds);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var rates = new EnvironmentScope((Ec2Rates.Variable, "CreateVolume=2:0.001"));
        using var stop = new CancellationTokenSource();
        var pacer = new Ec2Pacer(TimeProvider.System);
        await pacer.WaitAsync("account", "CreateVolume", _reporter, stop.Token);
        var waiting = pacer.WaitAsync("account", "CreateVolume", _reporter, stop.Token);
        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Raised_quotas_replace_the_rates_of_their_actions()
    {
        const string Raised = " CreateVolume = 300:15 ;DescribeVolumes=100:40.5;";
        Assert.Equal(new BucketSize(300, 15), Ec2Rates.For("CreateVolume", Raised));
        Assert.Equal(new BucketSize(100, 40.5), Ec2Rates.For("DescribeVolumes", Raised));
        Assert.Equal(Ec2Rates.For("DescribeInstances", null), Ec2Rates.For("DescribeInstances", Raised));
    }

    [Theory]
    [InlineData("CreateVolume")]
    [InlineData("CreateVolume=100")]
    [InlineData("CreateVolume=100:0")]
    [InlineData("CreateVolume=0:5")]
    [InlineData("CreateVolume=-1:5")]
    [InlineData("CreateVolume=many:5")]
    [InlineData("CreateVolume=1:2:3")]
    [InlineData("CreateVolume=1,5:2")]
    [InlineData("CreateVolume=NaN:5")]
    [InlineData("CreateVolume=100:Infinity")]
    [InlineData("DescribeVolumes=1:1;rubbish")]
    public void Rates_that_cannot_be_read_are_an_error(string rates) =>
        Assert.Contains(Ec2Rates.Variable, Refusal.Of(ErrorIds.SettingInvalid, () => Ec2Rates.For("CreateVolume", rates)).Message);

    [Fact]
    public async Task Rates_that_cannot_be_read_stop_the_run_before_its_first_call()
    {
        using var rates = new EnvironmentScope((Ec2Rates.Variable, "rubbish"));
        await using var aws = await AwsHarness.StartAsync();
        await Refusal.OfAsync(ErrorIds.SettingInvalid, () => aws.RunAsync(AwsHarness.Request()));
        Assert.Empty(aws.Server.Ledger.Calls);
    }
}
