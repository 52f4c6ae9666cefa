using Amazon.Runtime;

namespace EbsPv.Clients.Aws;

/// <summary>
/// The credentials of a client: found at the first call and not on the pipeline thread, since files, commands or the machine may have to
/// be asked; asked for by one caller while the others wait; and renewed once, however many calls hear that they have expired.
/// </summary>
internal sealed class SessionCredentials(Func<AWSCredentials> find, TimeProvider time) : AWSCredentials, IDisposable
{
    // The SDK asks for new ones long before the end: a command whose credentials live shorter than that would run for every call.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    // That there were none is not kept: after a login the next call finds them.
    private readonly Lazy<AWSCredentials> _found = new(find, LazyThreadSafetyMode.PublicationOnly);
    private readonly SemaphoreSlim _one = new(1);
    private volatile Held? _held;
    private int _version;

    public override ImmutableCredentials GetCredentials() => _held is { } held && IsFresh(held) ? held.Credentials : Source().GetCredentials();

    public override async Task<ImmutableCredentials> GetCredentialsAsync() => (await HoldAsync().ConfigureAwait(false)).Credentials;

    /// <summary>Which credentials a call that is sent now will be signed with.</summary>
    public async Task<int> VersionAsync() => (await HoldAsync().ConfigureAwait(false)).Version;

    /// <summary>Whether a call that was signed with these, and found them expired, may be tried again with newer ones.</summary>
    public bool Renew(int version)
    {
        if (!_found.IsValueCreated || _found.Value is not RefreshingAWSCredentials renewable) return false;
        lock (_found)
        {
            // Another call has renewed them already where they are not the ones that are held.
            if (_held?.Version != version) return true;
            renewable.ClearCredentials();
            _held = null;
            return true;
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<Held> HoldAsync()
    {
        if (_held is { } held && IsFresh(held)) return held;
        await _one.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_held is { } meanwhile && IsFresh(meanwhile)) return meanwhile;
            var asked = await Source().GetCredentialsAsync().ConfigureAwait(false);
            return _held = new Held(asked, ++_version, time.GetTimestamp());
        }
        finally
        {
            _one.Release();
        }
    }

    private AWSCredentials Source() => RoleCredentials.Wrap(_found.Value);

    private bool IsFresh(Held held) => time.GetElapsedTime(held.Asked) < AskAgainAfter;

    private sealed record Held(ImmutableCredentials Credentials, int Version, long Asked);
}
