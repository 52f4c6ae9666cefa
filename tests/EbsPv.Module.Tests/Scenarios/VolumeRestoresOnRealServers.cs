using EbsPv.Module.Tests.Backends;
using Xunit;

namespace EbsPv.Module.Tests.Scenarios;

[Collection(RealServersBackend.CollectionName)]
[RunsWith(RealServersBackend.Can)]
public sealed class VolumeRestoresOnRealServers(RealServersBackend backend) : VolumeRestoreScenarios(backend);
