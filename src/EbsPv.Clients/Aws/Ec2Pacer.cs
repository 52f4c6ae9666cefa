using System.Collections.Concurrent;
using EbsPv.Ports;

namespace EbsPv.Clients.Aws;

/// <summary>Keeps all cmdlets of the process within EC2's rates: one bucket by endpoint, region, credential and action.</summary>
internal sealed class Ec2Pacer(TimeProvider time)
{
    // Shorter waits are not worth a line.
    private static readonly TimeSpan WorthSaying = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Account, string Action), TokenBucket> _buckets = new();

    public Task WaitAsync(string account, string action, IReporter reporter, CancellationToken cancellationToken) =>
        Bucket(account, action).TakeAsync(wait => Say(action, wait, reporter), cancellationToken);

    public void Throttled(string account, string action) => Bucket(account, action).Throttled();

    private static void Say(string action, TimeSpan wait, IReporter reporter)
    {
        if (wait < WorthSaying) return;
        reporter.Verbose($"EC2 {action}: waiting {wait.TotalSeconds:0.0} s for EC2's rate of calls.");
        reporter.Progress("Waiting for EC2's rate of calls", $"{action}, {wait.TotalSeconds:0} s", 0, 0);
    }

    private TokenBucket Bucket(string account, string action) => _buckets.GetOrAdd(
        (account, action),
        key => new TokenBucket(Ec2Rates.For(key.Action, Environment.GetEnvironmentVariable(Ec2Rates.Variable)), time));
}
