using System.Runtime.InteropServices;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>Finds the files of a ZIP by their names, which are kept as hashes: about 50 bytes a file, and 18 MB for the longest directory.</summary>
/// <param name="directory">The directory.</param>
internal sealed class ZipIndex(ZipDirectory directory)
{
    private readonly Dictionary<UInt128, Found> _files = [];

    /// <summary>Adds a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">The place of its record in the directory.</param>
    public void Add(string name, int place)
    {
        ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(_files, SeenKeys.HashOf(name), out var isThere);
        found = new Found(place, isThere, 0);
    }

    /// <summary>Takes a file for a line. Each file is taken once.</summary>
    /// <returns>The file, or why the line has none.</returns>
    public async Task<Result<ZipEntry>> TakeAsync(string name, long line, CancellationToken cancellationToken)
    {
        if (!_files.TryGetValue(SeenKeys.HashOf(name), out var found)) return ZipFailures.FileMissing(name);
        if (found.IsTwice) return ZipFailures.FileTwice(name);
        if (found.Line != 0) return ZipFailures.FileUsed(name, found.Line);
        _files[SeenKeys.HashOf(name)] = found with { Line = line };
        return await directory.ReadAtAsync(found.Place, cancellationToken);
    }

    private readonly record struct Found(int Place, bool IsTwice, long Line);
}
