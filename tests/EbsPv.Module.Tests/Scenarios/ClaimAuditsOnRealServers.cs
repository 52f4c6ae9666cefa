using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

[Collection(RealServersBackend.CollectionName)]
[RunsWith(RealServersBackend.Can)]
public sealed class ClaimAuditsOnRealServers(RealServersBackend backend) : ClaimAuditScenarios(backend);
