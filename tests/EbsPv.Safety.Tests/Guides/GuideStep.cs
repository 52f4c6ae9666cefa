namespace EbsPv.Safety.Tests.Guides;

/// <summary>Something that happens in a guide.</summary>
/// <param name="Index">Its place.</param>
/// <param name="Then">What happens without the user; null for what is typed.</param>
/// <param name="Script">What is typed; null for what happens.</param>
/// <param name="Shown">What that shows.</param>
internal sealed record GuideStep(int Index, string? Then, string? Script, string Shown);
