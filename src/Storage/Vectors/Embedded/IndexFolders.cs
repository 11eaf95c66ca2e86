using System.Globalization;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Vectors.Embedded;

/// <summary>
/// The folders of the tables' indexes, named <c>{generation}_{name}</c>, or <c>{generation}v{vector set}_{name}</c>. The number is unique, so names that differ only by case have
/// separate folders on every file system.
/// </summary>
internal sealed class IndexFolders(string root)
{
    public string Of(TableGeneration table) =>
        Path.Combine(
            root,
            table.VectorSet == 0
                ? string.Create(CultureInfo.InvariantCulture, $"{table.Number}_{table.Name}")
                : string.Create(CultureInfo.InvariantCulture, $"{table.Number}v{table.VectorSet}_{table.Name}"));

    /// <summary>Removes a table's folder; no effect if it does not exist.</summary>
    public void Delete(TableGeneration table)
    {
        try
        {
            Directory.Delete(Of(table), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Never written, or removed already.
        }
    }

    /// <summary>The length of a table's files. A file that is being replaced may be counted or not.</summary>
    public long BytesOf(TableGeneration table)
    {
        try
        {
            return new DirectoryInfo(Of(table)).EnumerateFiles().Sum(file => file.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not written yet, or removed.
            return 0;
        }
    }

    /// <summary>Tables that have a folder. Folders and files with other names are ignored.</summary>
    public IReadOnlyList<TableGeneration> List() =>
        Directory.Exists(root)
            ? [.. Directory.EnumerateDirectories(root).Select(folder => Parse(Path.GetFileName(folder))).OfType<TableGeneration>()]
            : [];

    private static TableGeneration? Parse(string folder)
    {
        int end = folder.IndexOf('_', StringComparison.Ordinal);
        if (end <= 0 || !TableName.Parse(folder[(end + 1)..]).TryGet(out TableName name, out _)) return null;
        ReadOnlySpan<char> numbers = folder.AsSpan(0, end);
        int mark = numbers.IndexOf('v');
        long vectorSet = 0;
        return long.TryParse(mark < 0 ? numbers : numbers[..mark], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && (mark < 0 || long.TryParse(numbers[(mark + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out vectorSet))
                ? new TableGeneration(name, number) { VectorSet = vectorSet }
                : null;
    }
}
