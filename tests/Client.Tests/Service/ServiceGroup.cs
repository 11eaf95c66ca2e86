namespace ImageSearch.Client.Tests.Service;

/// <summary>The tests that share one service.</summary>
[CollectionDefinition(Name)]
public sealed class ServiceGroup : ICollectionFixture<ClientService>
{
    public const string Name = "service";
}
