using System.Reflection;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

/// <summary>No scenario is left out: this test stands in the tests of both backends, and each runs all of them.</summary>
public sealed class EveryScenarioTests
{
    [Fact]
    public void Each_class_of_scenarios_runs_on_this_backend()
    {
        var types = typeof(EveryScenarioTests).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ScenarioBase))).ToList();
        var classes = types.Where(type => type.IsAbstract && Array.Exists(type.GetMethods(), method => method.GetCustomAttribute<ScenarioAttribute>() is not null)).ToList();

        Assert.NotEmpty(classes);
        Assert.All(classes, scenarios => Assert.Single(types, type => !type.IsAbstract && type.IsSubclassOf(scenarios)));
    }
}
