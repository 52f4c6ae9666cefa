using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Safety.Tests.Rbac;

[Collection(RealServersBackend.CollectionName)]
public sealed class RoleLinesOnRealServers(RealServersBackend backend) : RoleLineTests(backend);
