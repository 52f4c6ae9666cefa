using EbsPv.Module.Tests.Backends;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>What the backend of a class of scenarios can do.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RunsWithAttribute(Ability abilities) : Attribute
{
    public Ability Abilities => abilities;
}
