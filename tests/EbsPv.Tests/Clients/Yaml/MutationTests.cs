using System.Security.Cryptography.X509Certificates;
using System.Text;
using EbsPv.Clients;
using EbsPv.Clients.Kubernetes;
using EbsPv.Clients.Manifests;
using EbsPv.Errors;
using EbsPv.Ports;
using EbsPv.Tests.Support;
using Xunit;

namespace EbsPv.Tests.Clients.Yaml;

/// <summary>Whatever a kubeconfig or a manifest has become, it is read, or refused as such, within the bounds, and nothing of it is run.
/// The long run is for people who change the readers: <c>-explicit only -trait Category=Soak</c>.</summary>
public sealed class MutationTests : IDisposable
{
    private const int Quick = 4_000, Long = 400_000;
    private const int MostEvents = 100_001;

    private static readonly string[] s_kubeconfigErrors = [ErrorIds.KubeconfigInvalid, ErrorIds.ContextAmbiguous, ErrorIds.ContextMissing, ErrorIds.CredentialMissing, ErrorIds.EndpointPlainText, ErrorIds.TlsVerifyDisabled];

    private static readonly string[] s_manifests =
    [
        """
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: manual-ebs-01
          labels: {type: ebs, "topology.kubernetes.io/zone": eu-west-1b}
          annotations:
            note: |
              two
              lines
        spec:
          capacity: {storage: 10Gi}
          accessModes: [ReadWriteOnce]
          persistentVolumeReclaimPolicy: Retain
          storageClassName: manual-ebs
          awsElasticBlockStore:
            volumeID: REPLACE_ME_1
            fsType: ext4
            partition: 1
        ---

        """,
        """
        ---
        {"apiVersion": "v1", "kind": "PersistentVolume", "metadata": {"name": "x", "finalizers": ["kubernetes.io/pv-protection"]},
         "spec": {"capacity": {"storage": 1e10}, "csi": {"driver": "ebs.csi.aws.com", "volumeHandle": "vol-0123456789abcdef0", "volumeAttributes": {"a": "b"}},
         "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "topology.kubernetes.io/zone", "operator": "In", "values": ["eu-west-1b"]}]}]}}}}
        """,
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _kubeconfigs;

    public MutationTests()
    {
        using var authority = Certificates.Authority("ours");
        var (certificate, key) = Certificates.User(authority);
        var ca = Certificates.Base64(authority.ExportCertificatePem());
        var run = Path.Combine(_folder.Path, "run");
        _folder.Write("ca.crt", authority.ExportCertificatePem());
        _kubeconfigs =
        [
            Kubernetes.Kubeconfigs.Text("https://127.0.0.1:1", $"certificate-authority-data: {ca}\ntls-server-name: a.example\nproxy-url: http://me:secret@127.0.0.1:2", $"client-certificate-data: {Certificates.Base64(certificate)}\nclient-key-data: {Certificates.Base64(key)}"),
            Kubernetes.Kubeconfigs.Text("https://127.0.0.1:1", "insecure-skip-tls-verify: true\nextensions: [{name: client.authentication.k8s.io/exec, extension: {a: [1, {b: c}]}}]", $"exec:\n  command: touch\n  apiVersion: client.authentication.k8s.io/v1\n  args: ['{run}']\n  env: [{{name: A, value: b}}]\n  provideClusterInfo: true\n  interactiveMode: Never"),
            Kubernetes.Kubeconfigs.Text("http://127.0.0.1:1", "certificate-authority: ca.crt", "token: abc\nas: jane\nas-groups: [dev]\nas-user-extra: {a: [b]}"),
            "apiVersion: v1\nkind: Config\ncurrent-context: two\ncontexts: [{name: one, context: {cluster: a, user: b, namespace: c}}, {name: two, context: {cluster: arn:aws:eks:eu-west-1:1:cluster/x, user: b}}]\nclusters: [{name: arn:aws:eks:eu-west-1:1:cluster/x, cluster: {server: 'https://127.0.0.1:1'}}]\nusers: [{name: b, user: {username: a, password: b}}]\n",
        ];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Kubeconfigs_are_read_or_refused() => ReadKubeconfigs(Quick);

    [Fact]
    public void Manifests_are_read_or_refused() => ReadManifests(Quick);

    [Fact(Explicit = true)]
    [Trait("Category", "Soak")]
    public void Kubeconfigs_for_long() => ReadKubeconfigs(Long);

    [Fact(Explicit = true)]
    [Trait("Category", "Soak")]
    public void Manifests_for_long() => ReadManifests(Long);

    private void ReadKubeconfigs(int count)
    {
        var (read, refused) = (0, 0);
        for (var seed = 0; seed < count; seed++)
        {
            var file = Mutations.Of(seed, _kubeconfigs);
            var document = new KubeconfigDocument(new MemoryStream(file), "config");
            var failure = Failure(seed, file, s_kubeconfigErrors, () =>
            {
                document.Read();
                new Connector().ConnectCluster(new KubeOptions(Kubeconfig: _folder.Write("config", file), SkipCertificateCheck: true), new Recorder());
            });
            Assert.InRange(document.Events, 0, MostEvents);
            _ = failure is null ? read++ : refused++;
        }

        Assert.False(File.Exists(Path.Combine(_folder.Path, "run")), "A command was run.");
        // Both happen often, else the changes are too tame or too wild.
        Assert.InRange(read, count / 40, count / 2);
        Assert.Equal(count, read + refused);
    }

    private static void ReadManifests(int count)
    {
        var (read, refused) = (0, 0);
        var files = new ManifestFiles();
        for (var seed = 0; seed < count; seed++)
        {
            var file = Mutations.Of(seed, s_manifests);
            using var reader = new ManifestReader(new MemoryStream(file), "pv.yml");
            var failure = Failure(seed, file, [ErrorIds.ManifestInvalid], () =>
            {
                foreach (var document in ManifestFiles.Read(reader, "pv.yml")) files.CheckPersistentVolume(document);
            });
            Assert.InRange(reader.Events, 0, MostEvents);
            Assert.InRange(reader.Characters, 0, file.Length);
            _ = failure is null ? read++ : refused++;
        }

        Assert.InRange(read, count / 40, count / 2);
        Assert.Equal(count, read + refused);
    }

    private static EbsPvException? Failure(int seed, byte[] file, string[] errorIds, Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (EbsPvException refusal)
        {
            Assert.True(errorIds.Contains(refusal.ErrorId), $"seed {seed}: {refusal.ErrorId}: {refusal.Message}\n{Encoding.UTF8.GetString(file)}");
            return refusal;
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"seed {seed}: {other.GetType().Name}: {other.Message}\n{Encoding.UTF8.GetString(file)}", other);
        }
    }
}
