using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Safety.Tests.Rbac;

[Collection(SandboxBackend.CollectionName)]
public sealed class RoleLinesOnSandbox(SandboxBackend backend) : RoleLineTests(backend);
