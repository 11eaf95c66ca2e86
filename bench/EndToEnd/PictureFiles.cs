using System.Text;
using System.Text.Json;

namespace ImageSearch.EndToEnd;

/// <summary>The folder's pictures in memory, as files and as request bodies: clients must use little CPU time.</summary>
internal sealed class PictureFiles
{
    public const string Table = "bench";
    public const string ImportTable = "bench_imports";
    private readonly string[] _names;
    private readonly byte[][] _files;
    private readonly byte[][] _bodies;

    private PictureFiles(string[] names, byte[][] files)
    {
        _names = names;
        _files = files;
        // The same body adds and searches; a search uses the default TOP_K of 10.
        _bodies = [.. files.Select(file => Encoding.ASCII.GetBytes($$"""{"table":"{{Table}}","image":"{{Convert.ToBase64String(file)}}"}"""))];
    }

    public int Count => _files.Length;

    /// <summary>
    /// Reads the folder in the order of names. If there are more files than the limit, reads every n-th, to get all kinds of pictures.
    /// </summary>
    /// <exception cref="BenchException">The folder has no pictures.</exception>
    public static PictureFiles Read(DirectoryInfo folder, int limit)
    {
        string[] types = [".jpg", ".jpeg", ".png", ".webp", ".gif"];
        FileInfo[] found = [.. folder.EnumerateFiles().Where(file => types.Contains(file.Extension.ToLowerInvariant())).OrderBy(file => file.Name, StringComparer.Ordinal)];
        if (found.Length == 0) throw new BenchException($"{folder.FullName} has no {string.Join(", ", types)} files: set --images to a folder of pictures.");
        var step = Math.Max(1, found.Length / limit);
        FileInfo[] chosen = [.. found.Where((_, i) => i % step == 0)];
        return new PictureFiles([.. chosen.Select(file => file.FullName)], [.. chosen.Select(file => File.ReadAllBytes(file.FullName))]);
    }

    public byte[] Picture(int number) => _files[number % _files.Length];

    /// <summary>The list of an import: a line for each picture, whose key is its number.</summary>
    public string List(Range numbers)
    {
        var list = new StringBuilder();
        for (var number = numbers.Start.Value; number < numbers.End.Value; number++)
            list.Append($$"""{"path":"{{JsonEncodedText.Encode(_names[number % _names.Length])}}","key":"{{number}}"}""").Append('\n');
        return list.ToString();
    }

    public byte[] Body(int number) => _bodies[number % _bodies.Length];
}

/// <summary>The reason why the measurement can't be made.</summary>
internal sealed class BenchException(string message) : Exception(message);
