namespace ImageSearch.IndexBench;

/// <summary>The folder of the measured index: the given one, which is kept, or a temporary one.</summary>
internal sealed class IndexFolder : IDisposable
{
    private readonly bool _isTemporary;

    public IndexFolder(DirectoryInfo? given)
    {
        if (given is { Exists: true } && given.EnumerateFileSystemInfos().Any())
            throw new BenchException($"{given.FullName} is not empty; --folder must be empty or missing.");
        _isTemporary = given is null;
        Path = (given ?? Directory.CreateTempSubdirectory("imagesearch-index-")).FullName;
    }

    public string Path { get; }

    /// <summary>Total size of its files.</summary>
    public long Bytes => new DirectoryInfo(Path).EnumerateFiles().Sum(file => file.Length);

    public void Dispose()
    {
        if (_isTemporary)
            Directory.Delete(Path, recursive: true);
    }
}
