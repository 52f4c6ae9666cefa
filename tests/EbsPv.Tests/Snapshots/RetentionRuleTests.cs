using EbsPv.Errors;
using EbsPv.Retention;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Snapshots;

public class RetentionRuleTests
{
    private static readonly DateTime Now = new(2026, 11, 30, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<object, DateTime> Ages => new()
    {
        { "30d", Now.AddDays(-30) },
        { " 12H ", Now.AddHours(-12) },
        { "4w", Now.AddDays(-28) },
        { "1.06:00:00", Now.AddHours(-30) },
        { TimeSpan.FromHours(36), Now.AddHours(-36) },
        { new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc) },
        { new DateTimeOffset(2026, 11, 1, 2, 0, 0, TimeSpan.FromHours(2)), new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc) },
        { "2026-11-01", new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Local).ToUniversalTime() },
        { "2026-11-01T00:00:00Z", new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc) },
        { "999999w", DateTime.MinValue },
    };

    [Theory]
    [MemberData(nameof(Ages))]
    public void An_age_or_a_date_is_a_moment(object olderThan, DateTime before)
    {
        var rule = RetentionRule.Of(null, olderThan, Now);

        Assert.Equal(before, rule.Before);
        Assert.False(rule.IsEmpty);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("30m")]
    [InlineData("30 days")]
    [InlineData("0d")]
    [InlineData("-1.00:00:00")]
    [InlineData("2027-01-01")]
    [InlineData("02-01-2026")]
    [InlineData("1-2")]
    [InlineData("ayer")]
    [InlineData("")]
    [InlineData(30)]
    public void What_would_let_every_snapshot_go_or_cannot_be_read_is_refused(object olderThan) =>
        Refusal.Of(ErrorIds.RetentionInvalid, () => RetentionRule.Of(7, olderThan, Now));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void At_least_one_is_kept(int keepLast) => Refusal.Of(ErrorIds.RetentionInvalid, () => RetentionRule.Of(keepLast, null, Now));

    [Fact]
    public void No_rule_is_empty() => Assert.True(RetentionRule.Of(null, null, Now).IsEmpty);
}
