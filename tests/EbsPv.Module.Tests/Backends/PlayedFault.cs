namespace EbsPv.Module.Tests.Backends;

/// <summary>A fault that the sandbox has played, and the request it struck.</summary>
public sealed record PlayedFault(string? Name, string Kind, string Operation, string Target, bool IsHeld);
