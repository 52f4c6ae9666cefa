namespace EbsPv.Clients.Kubernetes;

/// <summary>A credential that ends: asked for once however many requests wait for it, and again when it ends or is refused.</summary>
internal abstract class RenewedCredentialSource(TimeProvider time) : ICredentialSource, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private KubeCredential? _held;
    private DateTimeOffset _renewAt;

    protected TimeProvider Time => time;

    public async ValueTask<KubeCredential> GetAsync(KubeCredential? refused, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Of several requests that were refused with the same one, the first has it renewed and the others find the new one.
            if (_held is null || time.GetUtcNow() >= _renewAt || ReferenceEquals(_held, refused))
                (_held, _renewAt) = await RenewAsync(_held, cancellationToken).ConfigureAwait(false);
            return _held;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>A new one, and from when on it is not to be used any longer.</summary>
    protected abstract Task<(KubeCredential Credential, DateTimeOffset RenewAt)> RenewAsync(KubeCredential? before, CancellationToken cancellationToken);
}
