namespace EbsPv.Tests.Swaps;

/// <summary>The process ends here, as if it were killed: no code of ours handles it.</summary>
internal sealed class CutOffException() : Exception("cut off");
