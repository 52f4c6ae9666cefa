using System.Net;
using System.Security.Cryptography.X509Certificates;
using EbsPv.Sandbox.Ec2;
using EbsPv.Sandbox.Kubernetes;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EbsPv.Sandbox.Server;

/// <summary>The sandbox: one server on the loopback address, a port for each API, one clock, ledger and fault plan for both.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTime = TimeSpan.FromMilliseconds(250);

    private readonly SandboxOptions _options;
    private readonly Ec2Api _ec2Api;
    private readonly X509Certificate2 _certificate = SandboxCertificate.Create();
    private readonly AdminApi _adminApi;
    private readonly WebApplication _application;
    private int _disposed;
    private ListenOptions? _ec2Port;
    private ListenOptions? _kubernetesPort;

    private SandboxServer(SandboxOptions options)
    {
        _options = options;
        Clock = new SandboxClock(options.ClockScale);
        Ec2 = new Ec2State(Clock, options.Ec2);
        if (options.Seed) KopsCluster.Seed(Ec2);
        _ec2Api = new Ec2Api(Ec2, Ledger, Faults);
        KubernetesOptions = options.Kubernetes();
        Kubernetes = NewKubernetes();
        _adminApi = new AdminApi(this);
        _application = Build();
    }

    public Uri Ec2Url => UrlOf("http", _ec2Port);

    public Uri KubernetesUrl => UrlOf("https", _kubernetesPort);

    /// <summary>The authority to check the API server against, in PEM.</summary>
    public string CertificateAuthority => _certificate.ExportCertificatePem();

    public KubernetesApi Kubernetes { get; private set; }

    public KubernetesOptions KubernetesOptions { get; private set; }

    public Ec2State Ec2 { get; }

    public CallLedger Ledger { get; } = new();

    public FaultPlan Faults { get; } = new();

    public SandboxClock Clock { get; }

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var server = new SandboxServer(options);
        try
        {
            await server._application.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Back to the seed: state, settings, buckets, ledger and faults. The clock goes on.</summary>
    public async Task ResetAsync()
    {
        // First: what is held must not be let into the new state.
        Faults.Clear();
        KubernetesOptions = _options.Kubernetes();
        await ResetKubernetesAsync();
        Ec2.Clear();
        if (_options.Seed) KopsCluster.Seed(Ec2);
        _ec2Api.Forget();
        Ledger.Clear();
    }

    /// <summary>The API server begins anew with its seed; who watches the old one is cut off.</summary>
    public async Task ResetKubernetesAsync()
    {
        var before = Kubernetes;
        Kubernetes = NewKubernetes();
        await before.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        Faults.Clear();
        // Hanging requests and watches would hold a patient stop for as long as their clients please.
        using var impatience = new CancellationTokenSource(StopTime);
        await _application.StopAsync(impatience.Token);
        await _application.DisposeAsync();
        await Kubernetes.DisposeAsync();
        _certificate.Dispose();
    }

    private KubernetesApi NewKubernetes()
    {
        var api = new KubernetesApi(Clock, Ledger, Faults, KubernetesOptions);
        if (_options.Seed) KopsNodes.Seed(api.State, KubernetesOptions.ServerVersion);
        return api;
    }

    private static Uri UrlOf(string scheme, ListenOptions? port) => new($"{scheme}://127.0.0.1:{port!.IPEndPoint!.Port}/");

    private WebApplication Build()
    {
        // An empty builder: no settings file, no environment and no console of whoever hosts it has a say.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, _options.Ec2Port, port => _ec2Port = port);
            kestrel.Listen(IPAddress.Loopback, _options.KubernetesPort, port =>
            {
                port.UseHttps(_certificate);
                _kubernetesPort = port;
            });
        });
        var application = builder.Build();
        application.Run(HandleAsync);
        return application;
    }

    private Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(AdminApi.Path)) return _adminApi.HandleAsync(context);
        var isEc2 = context.Connection.LocalPort == _ec2Port!.IPEndPoint!.Port;
        return isEc2 ? _ec2Api.HandleAsync(context) : Kubernetes.HandleAsync(context);
    }

    /// <summary>Leaves Ctrl+C to the process that hosts it.</summary>
    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
