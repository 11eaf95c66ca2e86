namespace ImageSearch.Api.Tests.Running;

/// <summary>A folder of pictures that a service may be allowed to read (IMAGE_ROOTS), removed at the end.</summary>
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

    /// <summary>Puts so many pictures into the folder.</summary>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Fill(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Put($"{i}.png", GoldenPicture.Different[i % GoldenPicture.Different.Count]))];

    public void Dispose() => _folder.Delete(recursive: true);
}
