namespace EbsPv.Module.Tests.Backends;

/// <summary>A request in the sandbox's ledger.</summary>
public sealed record LedgerCall(long Sequence, string Service, string Operation, string Target, int Status, string? Error);
