using System.Management.Automation;
using Xunit;

namespace EbsPv.Module.Tests.Engine;

/// <summary>What a script gave back, stream by stream.</summary>
internal sealed record ScriptResult
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    /// <summary>What the host was told to show: the "What if:" lines, and nothing else unless the script asked for it.</summary>
    public required string HostText { get; init; }

    public required bool Stopped { get; init; }

    public IReadOnlyList<string> WhatIf => [.. HostText.Split('\n').Where(line => line.StartsWith("What if: ", StringComparison.Ordinal))];

    /// <summary>The value of a property of every object, as text.</summary>
    public IReadOnlyList<string?> Each(string property) => [.. Output.Select(item => Text(item, property))];

    public static string? Text(PSObject item, string property) => item.Properties[property].Value?.ToString();

    /// <summary>Fails with the errors themselves when there are any.</summary>
    public ScriptResult WithoutErrors()
    {
        Assert.True(Errors.Count == 0, string.Join("\n", Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}\n{error.Exception}")));
        Assert.False(Stopped);
        return this;
    }

    /// <summary>The only error, of that id, with something to do about it.</summary>
    public ErrorRecord OnlyError(string errorId)
    {
        Assert.Equal([errorId], Errors.Select(Id));
        Assert.NotEmpty(Errors[0].ErrorDetails.RecommendedAction);
        return Errors[0];
    }

    public static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];
}
