using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.ImageSim;

/// <summary>The service with default settings, and a shop's server that it may fetch from.</summary>
public sealed class SimService : RunningService
{
    public PictureServer Shop { get; } = new(GoldenPicture.Bottle);

    internal SimClient Calls => new(Client);

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["FETCH_ALLOW"] = Shop.Authority };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Shop.DisposeAsync();
    }
}

/// <summary>All tests of <c>/api/image/sim/*</c> share one process.</summary>
[CollectionDefinition(Name)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "xunit calls it so.")]
public sealed class SimCollection : ICollectionFixture<SimService>
{
    public const string Name = "/api/image/sim";
}
