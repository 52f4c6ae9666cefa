namespace EbsPv.Reports;

/// <summary>What a report is about.</summary>
/// <param name="Region">The region that is asked.</param>
/// <param name="ClusterName">The cluster.</param>
/// <param name="Context">The kube context.</param>
public sealed record ReportTarget(string Region, string ClusterName, string Context);
