using EbsPv.Module.Tests.Backends;
using EbsPv.Module.Tests.Scenarios;
using Xunit;

namespace EbsPv.RealServers.Tests.Scenarios;

[Collection(RealServersBackend.CollectionName)]
[RunsWith(RealServersBackend.Can)]
public sealed class ChangesOnRealServers(RealServersBackend backend) : ChangeScenarios(backend);
