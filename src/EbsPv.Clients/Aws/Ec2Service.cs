using System.Runtime.CompilerServices;
using Amazon.EC2;
using Amazon.EC2.Model;
using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Clients.Aws;

/// <summary>EC2 over the AWS SDK.</summary>
internal sealed partial class Ec2Service(IAmazonEC2 client, string region, string? endpoint, string? profile, Ec2Caller caller) : IEc2
{
    // Pages as the EBS CSI driver asks for them. Calls that neither filter nor page have half the rate and are never made.
    private const int VolumesPage = 500;
    private const int InstancesPage = 1000;

    public string Region => region;

    /// <summary>The policy of docs/iam that errors about permissions name.</summary>
    public string Policy { get; init; } = "read";

    public async IAsyncEnumerable<WorkerInstance> DescribeInstancesAsync(
        IReadOnlyList<Ec2Filter> filters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = Call("DescribeInstances", Text(filters));
        var request = new DescribeInstancesRequest { Filters = Ec2Mapping.Filters(filters), MaxResults = InstancesPage };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var page = await caller.SendAsync(call, token => client.DescribeInstancesAsync(request, token), cancellationToken).ConfigureAwait(false);
            foreach (var reservation in page.Reservations ?? [])
                foreach (var instance in reservation.Instances ?? [])
                    yield return Ec2Mapping.Instance(instance);
            request.NextToken = Next(page.NextToken, seen, call);
        }
        while (request.NextToken is not null);
    }

    public async IAsyncEnumerable<IReadOnlyList<ClusterEbsVolume>> DescribeVolumesAsync(
        IReadOnlyList<Ec2Filter> filters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = Call("DescribeVolumes", Text(filters));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = PageAsync(null);
        while (true)
        {
            var page = await next.ConfigureAwait(false);
            var token = Next(page.NextToken, seen, call);
            // One page ahead: the next one is on its way while this one is used.
            if (token is not null) next = PageAsync(token);
            yield return [.. (page.Volumes ?? []).Select(volume => Ec2Mapping.Volume(volume, region))];
            if (token is null) yield break;
        }

        Task<DescribeVolumesResponse> PageAsync(string? nextToken)
        {
            var request = new DescribeVolumesRequest { Filters = Ec2Mapping.Filters(filters), MaxResults = VolumesPage, NextToken = nextToken };
            return caller.SendAsync(call, token => client.DescribeVolumesAsync(request, token), cancellationToken);
        }
    }

    public async Task<ClusterEbsVolume> CreateVolumeAsync(NewVolume volume, CancellationToken cancellationToken)
    {
        var call = Call("CreateVolume", $"{volume.Spec.Size} GiB {volume.Spec.VolumeType} in {volume.AvailabilityZone}");
        var request = Ec2Mapping.Request(volume);
        var response = await caller.SendAsync(call, token => client.CreateVolumeAsync(request, token), cancellationToken).ConfigureAwait(false);
        // Any page of XML that is answered with 200 passes the SDK.
        if (string.IsNullOrEmpty(response.Volume?.VolumeId)) throw Ec2Errors.NotEc2("it names no volume.", call);
        return Ec2Mapping.Created(response, region);
    }

    public async Task<Ports.VolumeModification> ModifyVolumeAsync(VolumeChange change, CancellationToken cancellationToken)
    {
        var call = Call("ModifyVolume", change.VolumeId) with { Idempotent = false };
        var request = Ec2Mapping.Request(change);
        var response = await caller.SendAsync(call, token => client.ModifyVolumeAsync(request, token), cancellationToken).ConfigureAwait(false);
        return Ec2Mapping.Modification(response.VolumeModification);
    }

    // By filter, not by id: one volume that was never modified fails a whole call by id.
    public async IAsyncEnumerable<IReadOnlyList<Ports.VolumeModification>> DescribeVolumesModificationsAsync(
        IReadOnlyList<string> volumeIds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<Ec2Filter> filters = [Ec2Filter.Exactly("volume-id", [.. volumeIds])];
        var call = Call("DescribeVolumesModifications", Text(filters));
        var request = new DescribeVolumesModificationsRequest { Filters = Ec2Mapping.Filters(filters), MaxResults = VolumesPage };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var page = await caller.SendAsync(call, token => client.DescribeVolumesModificationsAsync(request, token), cancellationToken)
                .ConfigureAwait(false);
            yield return [.. (page.VolumesModifications ?? []).Select(Ec2Mapping.Modification)];
            request.NextToken = Next(page.NextToken, seen, call);
        }
        while (request.NextToken is not null);
    }

    public async Task<IReadOnlyDictionary<string, string>> DescribeZoneStatesAsync(
        IReadOnlyList<string> zones, CancellationToken cancellationToken)
    {
        var call = Call("DescribeAvailabilityZones", string.Join(", ", zones));
        var request = new DescribeAvailabilityZonesRequest { Filters = [new Filter("zone-name", [.. zones])] };
        var response = await caller.SendAsync(call, token => client.DescribeAvailabilityZonesAsync(request, token), cancellationToken)
            .ConfigureAwait(false);
        return (response.AvailabilityZones ?? []).ToDictionary(zone => zone.ZoneName, zone => zone.State?.Value ?? "unknown");
    }

    private Ec2Call Call(string action, string target) => new(action, region, endpoint, target) { Profile = profile, Policy = Policy };

    private static string Text(IReadOnlyList<Ec2Filter> filters) => string.Join(
        ", ",
        filters.Select(filter => filter.Values.Count > 3 ? $"{filter.Name}: {filter.Values.Count} values" : $"{filter.Name}={string.Join('|', filter.Values)}"));

    // A server that hands out the same token for ever must not keep us for ever.
    private static string? Next(string? token, HashSet<string> seen, Ec2Call call)
    {
        if (string.IsNullOrEmpty(token)) return null;
        if (seen.Add(token)) return token;
        throw new EbsPvException(ErrorKind.Service, ErrorIds.AwsServiceFailed, $"{call.Action} in {call.Region} answered the same page token twice.")
        {
            Target = call.Target,
            RecommendedAction = "The endpoint does not page as EC2 does: check -EndpointUrl.",
        };
    }
}
