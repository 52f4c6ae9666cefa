namespace EbsPv.Safety.Tests.Iam;

/// <summary>What a user whose credentials have one policy of docs/iam, and no other, runs.</summary>
/// <param name="Policy">The policy, as its file is called.</param>
/// <param name="Script">What the user runs.</param>
internal sealed record PolicyLine(string Policy, string Script)
{
    /// <summary>What an administrator ran before, in the same session.</summary>
    public string Before { get; init; } = "";

    /// <summary>A volume that somebody made before, as the sandbox's seed.</summary>
    public object? Volume { get; init; }

    /// <summary>A snapshot that somebody made before, as the sandbox's seed.</summary>
    public object? Snapshot { get; init; }

    /// <summary>A call whose first answer is lost: what then is looked up is part of the line.</summary>
    public string? LosesAnswerOf { get; init; }
}
