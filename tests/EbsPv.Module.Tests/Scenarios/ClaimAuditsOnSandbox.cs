using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

[Collection(SandboxBackend.CollectionName)]
[RunsWith(SandboxBackend.Can)]
public sealed class ClaimAuditsOnSandbox(SandboxBackend backend) : ClaimAuditScenarios(backend);
