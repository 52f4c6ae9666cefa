using System.Collections.Concurrent;
using EbsPv.Ports;
using Xunit;

namespace EbsPv.Tests.Support;

/// <summary>Keeps what a user would see beside the objects.</summary>
internal sealed class Recorder : IReporter
{
    private readonly ConcurrentQueue<string> _verbose = new();
    private readonly ConcurrentQueue<string> _warnings = new();

    public IReadOnlyList<string> Lines => [.. _verbose];

    public IReadOnlyList<string> Warnings => [.. _warnings];

    /// <summary>Called at each progress, with how many are done.</summary>
    public Action<int>? Progressing { get; set; }

    public void Verbose(string message) => _verbose.Enqueue(message);

    public void Warning(string message) => _warnings.Enqueue(message);

    public void Progress(string activity, string status, int done, int total) => Progressing?.Invoke(done);

    public void AssertNoSecret() => AssertNoSecretIn([.. _verbose, .. _warnings]);

    public static void AssertNoSecretIn(params IEnumerable<string> texts)
    {
        foreach (var text in texts)
            Assert.DoesNotContain(PrivateSurroundings.Canaries, canary => text.Contains(canary, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Everything of a failure, and of those that led to it, that PowerShell, ConvertTo-Json or a debugger could show.</summary>
    public static void AssertNoSecretIn(Exception? failure) => AssertNoSecretIn(Shown.By(failure));
}
