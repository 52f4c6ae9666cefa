using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Rbac;

[Collection(SandboxBackend.CollectionName)]
public sealed class RoleLinesOnSandbox(SandboxBackend backend) : RoleLineTests(backend);
