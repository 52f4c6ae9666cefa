using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Rbac;

[Collection(RealServersBackend.CollectionName)]
public sealed class RoleLinesOnRealServers(RealServersBackend backend) : RoleLineTests(backend);
