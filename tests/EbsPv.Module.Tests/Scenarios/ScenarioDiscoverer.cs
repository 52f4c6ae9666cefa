using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>Leaves out scenarios that need more than the class's backend has.</summary>
public sealed class ScenarioDiscoverer : FactDiscoverer
{
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        return Lacks(testMethod.TestClass.Class, testMethod.Method) ? new([]) : base.Discover(discoveryOptions, testMethod, factAttribute);
    }

    /// <summary>Whether a scenario needs something that the backend of a class lacks.</summary>
    public static bool Lacks(Type testClass, MethodInfo scenario)
    {
        var has = testClass.GetCustomAttribute<RunsWithAttribute>()!.Abilities;
        return !has.HasFlag(scenario.GetCustomAttribute<ScenarioAttribute>()!.Needs);
    }
}
