namespace EbsPv.Clients.Kubernetes;

/// <summary>Where what requests are signed with comes from.</summary>
internal interface ICredentialSource
{
    /// <param name="refused">What the server did not accept; the source asks anew, unless it has something else by now. Null for what it
    /// has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<KubeCredential> GetAsync(KubeCredential? refused, CancellationToken cancellationToken);
}
