using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A service that may fetch from a shop's server, with a folder whose files clients may name.</summary>
public sealed class ImportService : RunningService
{
    private readonly DirectoryInfo _pictures = Directory.CreateTempSubdirectory("imagesearch-pictures-");

    public PictureServer Shop { get; } = new(GoldenPicture.Bottle);

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["FETCH_ALLOW"] = Shop.Authority, ["IMAGE_ROOTS"] = _pictures.FullName };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Shop.DisposeAsync();
        _pictures.Delete(recursive: true);
    }

    /// <summary>Puts a picture into the folder.</summary>
    /// <returns>Its path.</returns>
    public string Put(string name, byte[] picture)
    {
        var path = Path.Combine(_pictures.FullName, name);
        File.WriteAllBytes(path, picture);
        return path;
    }
}
