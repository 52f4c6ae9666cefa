using System.Reflection;
using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.RealServers.Tests.Scenarios;

/// <summary>Which scenarios the real servers do not judge: no silence about them, and no scenario slips away unseen.</summary>
public sealed class NotOnMotoTests
{
    private static readonly string[] Expected =
    [
        nameof(RegistrationScenarios.A_device_that_can_be_attached_many_times_may_be_shared),
        nameof(ChangeScenarios.A_large_gp2_volume_keeps_its_performance_and_Baseline_takes_it_away),
        nameof(ManifestScenarios.A_modern_server_accepts_those_too_that_an_old_one_does_not_know),
        nameof(NewVolumeScenarios.A_snapshot_is_loaded_at_the_rate_that_is_asked_for),
        nameof(ListingScenarios.A_star_in_a_tag_is_a_star),
        nameof(RegistrationScenarios.A_volume_attributes_class_goes_with_it),
        nameof(StatefulSetScenarios.An_attributes_class_of_the_template_is_the_volumes),
        nameof(Ec2RuleScenarios.Eight_runs_side_by_side_end_with_one_set),
        nameof(Ec2RuleScenarios.NoWait_emits_volumes_that_are_still_being_created),
        nameof(RetentionScenarios.Old_ones_go_and_with_KeepLast_only_those_that_are_not_among_the_last),
        nameof(RegistrationScenarios.One_pod_alone_may_have_it),
        nameof(ClaimScenarios.One_pod_s_volume_and_one_of_an_attributes_class_are_claimed_as_they_are),
        nameof(StatefulSetScenarios.Ordinals_begin_where_the_StatefulSet_begins),
        nameof(VolumeRestoreScenarios.The_snapshot_s_blocks_are_loaded_at_the_rate_that_is_asked_for),
        nameof(Ec2RuleScenarios.Two_runs_side_by_side_end_with_one_set),
        nameof(ChangeScenarios.WaitFor_says_how_far_a_change_has_to_be),
        nameof(ChangeScenarios.WhatIf_shows_what_becomes_of_each_volume_and_sends_nothing),
        nameof(Ec2RuleScenarios.What_EC2_refuses_is_told_in_its_own_words),
        nameof(Ec2RuleScenarios.Without_NoWait_volumes_come_when_they_are_available),
    ];

    [Fact]
    public void Scenarios_that_need_what_moto_lacks_are_named()
    {
        var left = Scenarios().Where(one => ScenarioDiscoverer.Lacks(one.Class, one.Method)).Select(one => one.Method.Name).Order().ToList();

        // To the console for who runs the tests directly, to the test's output for who runs them by dotnet test.
        foreach (var line in left.Select(name => $"not on moto: {name}"))
        {
            Console.WriteLine(line);
            TestContext.Current.TestOutputHelper!.WriteLine(line);
        }

        Assert.Equal(Expected, left);
    }

    private static IEnumerable<(Type Class, MethodInfo Method)> Scenarios() =>
        from type in typeof(NotOnMotoTests).Assembly.GetTypes()
        where type is { IsAbstract: false } && type.IsSubclassOf(typeof(ScenarioBase))
        from method in type.GetMethods()
        where method.GetCustomAttribute<ScenarioAttribute>() is not null
        select (type, method);
}
