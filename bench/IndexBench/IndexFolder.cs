namespace ImageSearch.IndexBench;

/// <summary>The folder of the index that is measured: the one that was named, which is kept, or a temporary one.</summary>
internal sealed class IndexFolder : IDisposable
{
    private readonly bool _isTemporary;

    public IndexFolder(DirectoryInfo? named)
    {
        if (named is { Exists: true } && named.EnumerateFileSystemInfos().Any())
            throw new BenchException($"{named.FullName} is not empty; --folder wants a folder of its own.");
        _isTemporary = named is null;
        Path = (named ?? Directory.CreateTempSubdirectory("imagesearch-index-")).FullName;
    }

    public string Path { get; }

    /// <summary>Bytes of its files.</summary>
    public long Bytes => new DirectoryInfo(Path).EnumerateFiles().Sum(file => file.Length);

    public void Dispose()
    {
        if (_isTemporary)
            Directory.Delete(Path, recursive: true);
    }
}
