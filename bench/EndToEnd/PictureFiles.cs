using System.Text;

namespace ImageSearch.EndToEnd;

/// <summary>The folder's pictures in memory, as files and as the bodies of requests, so that a client costs the machine little.</summary>
internal sealed class PictureFiles
{
    public const string Table = "bench";
    private readonly byte[][] _files;
    private readonly byte[][] _bodies;

    private PictureFiles(byte[][] files)
    {
        _files = files;
        // The same body adds and searches: a search takes the setting's TOP_K of 10.
        _bodies = [.. files.Select(file => Encoding.ASCII.GetBytes($$"""{"table":"{{Table}}","image":"{{Convert.ToBase64String(file)}}"}"""))];
    }

    public int Count => _files.Length;

    /// <summary>Reads the folder in the order of names; picks every n-th, so that all kinds come in.</summary>
    /// <exception cref="BenchException">It has no pictures.</exception>
    public static PictureFiles Read(DirectoryInfo folder, int limit)
    {
        string[] types = [".jpg", ".jpeg", ".png", ".webp", ".gif"];
        FileInfo[] found = [.. folder.EnumerateFiles().Where(file => types.Contains(file.Extension.ToLowerInvariant())).OrderBy(file => file.Name, StringComparer.Ordinal)];
        if (found.Length == 0) throw new BenchException($"{folder.FullName} has no {string.Join(", ", types)} files: name a folder of pictures by --images.");
        var step = Math.Max(1, found.Length / limit);
        return new PictureFiles([.. found.Where((_, at) => at % step == 0).Select(file => File.ReadAllBytes(file.FullName))]);
    }

    public byte[] Picture(int at) => _files[at % _files.Length];

    public byte[] Body(int at) => _bodies[at % _bodies.Length];
}

/// <summary>The measurement can't be made; says why.</summary>
internal sealed class BenchException(string message) : Exception(message);
