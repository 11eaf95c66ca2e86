using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A service that may fetch from a shop's server, with a folder whose files clients may name.</summary>
public sealed class ImportService : RunningService
{
    public PictureFolder Pictures { get; } = new();

    public PictureServer Shop { get; } = new(GoldenPicture.Bottle);

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["FETCH_ALLOW"] = Shop.Authority, ["IMAGE_ROOTS"] = Pictures.Root };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Shop.DisposeAsync();
        Pictures.Dispose();
    }
}
