using System.Runtime.CompilerServices;
using EbsPv.Module.Tests.Backends;
using Xunit;
using Xunit.v3;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Written once, run on every backend that has what it needs; on the others it is no test at all, and is named as such.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(ScenarioDiscoverer))]
public sealed class ScenarioAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : FactAttribute(file, line)
{
    public Ability Needs { get; set; }
}
