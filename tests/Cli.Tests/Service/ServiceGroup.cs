namespace ImageSearch.Cli.Tests.Service;

/// <summary>The tests that share one service.</summary>
[CollectionDefinition(Name)]
public sealed class ServiceGroup : ICollectionFixture<RunningService>
{
    public const string Name = "service";
}
