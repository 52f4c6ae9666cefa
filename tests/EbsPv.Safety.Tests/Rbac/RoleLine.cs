using System.Text.Json.Nodes;

namespace EbsPv.Safety.Tests.Rbac;

/// <summary>What a user who has one role of docs/rbac, and no other, runs.</summary>
/// <param name="Role">The role, as its file is called.</param>
/// <param name="Script">What the user runs.</param>
internal sealed record RoleLine(string Role, string Script)
{
    /// <summary>What an administrator ran before, in the same session.</summary>
    public string Before { get; init; } = "";

    /// <summary>What stands in the cluster, by the path of its list.</summary>
    public IReadOnlyList<(string Path, JsonNode Body)> Objects { get; init; } = [];

    /// <summary>Whether the cluster knows the kinds of the CSI snapshotter.</summary>
    public bool KnowsSnapshotContents { get; init; }

    /// <summary>Writes whose first answer is lost, as the sandbox's ledger names them: what then is looked up is part of the line.</summary>
    public string? LosesAnswerOf { get; init; }

    /// <summary>The error of a wait for a driver that is at work on one backend and not on the other; null for none.</summary>
    public string? MayWaitInVain { get; init; }

    /// <summary>Ids of the errors that belong to it.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];
}
