namespace ImageSearch.Api.Tests.Running;

/// <summary>A temporary folder of pictures for the setting IMAGE_ROOTS.</summary>
public sealed class PictureFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-pictures-");

    public string Root => _folder.FullName;

    /// <summary>Puts a picture into the folder.</summary>
    /// <returns>Its path.</returns>
    public string Put(string name, byte[] picture)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllBytes(path, picture);
        return path;
    }

    /// <summary>Puts a number of pictures into the folder.</summary>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Fill(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Put($"{i}.png", GoldenPicture.Different[i % GoldenPicture.Different.Count]))];

    public void Dispose() => _folder.Delete(recursive: true);
}
