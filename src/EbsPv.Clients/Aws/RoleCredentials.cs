using Amazon.Runtime;

namespace EbsPv.Clients.Aws;

/// <summary>
/// Credentials of an assumed role whose STS client is ours. The SDK looks for one by name through the whole process, where another module
/// may have loaded another build of it; the factory that it can be given instead does not learn whose credentials sign the call, so they
/// are handed to it along the call's own flow.
/// </summary>
internal sealed class RoleCredentials(AssumeRoleAWSCredentials role) : AWSCredentials
{
    private static readonly AsyncLocal<AWSCredentials?> Source = new();

    /// <summary>The credentials that sign the STS call which is being prepared; anonymous for web identities.</summary>
    public static AWSCredentials CurrentSource => Source.Value ?? new AnonymousAWSCredentials();

    /// <summary>The same credentials, with our STS client wherever a role is assumed.</summary>
    public static AWSCredentials Wrap(AWSCredentials credentials) =>
        credentials is AssumeRoleAWSCredentials role ? new RoleCredentials(role) : credentials;

    public override ImmutableCredentials GetCredentials()
    {
        using var signing = new Signing(role.SourceCredentials);
        return role.GetCredentials();
    }

    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        using var signing = new Signing(role.SourceCredentials);
        return await role.GetCredentialsAsync().ConfigureAwait(false);
    }

    private sealed class Signing : IDisposable
    {
        private readonly AWSCredentials? _before = Source.Value;

        public Signing(AWSCredentials source) => Source.Value = Wrap(source);

        public void Dispose() => Source.Value = _before;
    }
}
