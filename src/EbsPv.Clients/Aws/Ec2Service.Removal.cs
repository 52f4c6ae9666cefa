using System.Runtime.CompilerServices;
using Amazon.EC2.Model;
using EbsPv.Errors;
using EbsPv.Ports;

namespace EbsPv.Clients.Aws;

/// <summary>Deletes and snapshots. Neither takes a token: nothing here is sent twice.</summary>
internal sealed partial class Ec2Service
{
    private const int SnapshotsPage = 1000;

    public async Task DeleteVolumeAsync(string volumeId, CancellationToken cancellationToken)
    {
        var call = Call("DeleteVolume", volumeId) with { Idempotent = false };
        var request = new DeleteVolumeRequest(volumeId);
        try
        {
            await caller.SendAsync(call, token => client.DeleteVolumeAsync(request, token), cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException gone) when (gone.ServiceCode == "InvalidVolume.NotFound")
        {
            // Deleted is what it shall be.
        }
    }

    public async Task DeleteSnapshotAsync(string snapshotId, CancellationToken cancellationToken)
    {
        var call = Call("DeleteSnapshot", snapshotId) with { Idempotent = false };
        var request = new DeleteSnapshotRequest(snapshotId);
        try
        {
            await caller.SendAsync(call, token => client.DeleteSnapshotAsync(request, token), cancellationToken).ConfigureAwait(false);
        }
        catch (EbsPvException gone) when (gone.ServiceCode == "InvalidSnapshot.NotFound")
        {
            // Deleted is what it shall be.
        }
    }

    public async Task<ClusterEbsSnapshot> CreateSnapshotAsync(NewSnapshot snapshot, CancellationToken cancellationToken)
    {
        var call = Call("CreateSnapshot", snapshot.VolumeId) with { Idempotent = false };
        var request = Ec2Mapping.Request(snapshot);
        var response = await caller.SendAsync(call, token => client.CreateSnapshotAsync(request, token), cancellationToken).ConfigureAwait(false);
        return Ec2Mapping.Snapshot(response.Snapshot, region);
    }

    public async IAsyncEnumerable<IReadOnlyList<ClusterEbsSnapshot>> DescribeSnapshotsAsync(
        IReadOnlyList<Ec2Filter> filters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = Call("DescribeSnapshots", Text(filters));
        // Without an owner EC2 looks through the public snapshots of everybody.
        var request = new DescribeSnapshotsRequest { Filters = Ec2Mapping.Filters(filters), OwnerIds = ["self"], MaxResults = SnapshotsPage };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var page = await caller.SendAsync(call, token => client.DescribeSnapshotsAsync(request, token), cancellationToken).ConfigureAwait(false);
            yield return [.. (page.Snapshots ?? []).Select(snapshot => Ec2Mapping.Snapshot(snapshot, region))];
            request.NextToken = Next(page.NextToken, seen, call);
        }
        while (request.NextToken is not null);
    }
}
