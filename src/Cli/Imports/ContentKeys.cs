namespace ImageSearch.Cli.Imports;

/// <summary>The keys of files by their content. A list has each key once, so of several files with the same content the first one is sent.</summary>
internal sealed class ContentKeys
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _repeated = new(StringComparer.Ordinal);

    /// <summary>The number of files with the content of an earlier one.</summary>
    public long Repeated => _repeated.Count;

    /// <summary>Whether the file is the first one with a key. A list that is sent again has the same files.</summary>
    public bool IsFirst(string key, PictureFile file)
    {
        if (_files.TryAdd(key, file.Name) || _files[key] == file.Name) return true;
        _repeated.Add(file.Name);
        return false;
    }
}
