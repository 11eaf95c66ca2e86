using ImageSearch.Storage.Backups;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Catalog;
using ImageSearch.Storage.Tests.Sqlite;

namespace ImageSearch.Storage.Tests.Backups;

/// <summary>A data folder with a catalog, and a folder for its backups.</summary>
internal sealed class BackedUpCatalog : IAsyncDisposable
{
    private readonly DataFolder _data = new();
    private readonly DirectoryInfo _other = Directory.CreateTempSubdirectory("imagesearch-backups-");

    public static TableName Shop { get; } = TableName.Parse("shop").Value;

    /// <summary>The catalog while it is open.</summary>
    public SqliteCatalog Catalog { get; private set; } = null!;

    public TableGeneration Table { get; private set; }

    public string DataPath => _data.Path;

    public BackupOptions Options => new() { Folder = Path.Combine(_other.FullName, "backups"), MegabytesPerSecond = BackupOptions.MaxMegabytesPerSecond };

    /// <summary>The names of everything in the folder of backups.</summary>
    public IReadOnlyList<string> Entries =>
        [.. Directory.EnumerateFileSystemEntries(Options.Folder).Select(path => Path.GetFileName(path)).Where(name => name != "backup.lock").Order(StringComparer.Ordinal)];

    public static async Task<BackedUpCatalog> CreateAsync(int rows = 0)
    {
        var made = new BackedUpCatalog();
        made.Catalog = await made._data.OpenAsync();
        made.Table = (await made.Catalog.CreateTableAsync(Shop, Rows.Model, Metric.L2, default)).Generation;
        for (var i = 0; i < rows; i++) await made.Catalog.AddAsync(made.Table, Rows.Row(i, $"key{i}"), default);
        return made;
    }

    public static BackupName Name(string text) => BackupName.Parse(text).Value;

    public string PathOf(string name) => Path.Combine(Options.Folder, name);

    public string Other(string name) => Path.Combine(_other.FullName, name);

    public Task<BackupManifest> WriteAsync(string name, BackupOptions? options = null, CancellationToken cancellationToken = default) =>
        new BackupWriter(options ?? Options, TimeProvider.System).WriteAsync(DataPath, Name(name), TimeProvider.System.GetUtcNow(), new BackupProgress(), cancellationToken);

    /// <summary>Adds a file of an index, as the vector store writes it.</summary>
    public void AddIndexFile(string name, byte[] bytes)
    {
        var folder = Path.Combine(DataPath, "index", "1_shop");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    /// <summary>Restores a backup into a new folder.</summary>
    public async Task<string> RestoreAsync(string name)
    {
        var target = Other($"restored-{name}");
        await new BackupRestore(PathOf(name), target, TimeProvider.System).RunAsync(replace: false, _ => { }, default);
        return target;
    }

    /// <summary>The rows of a data folder's table by id: key and version.</summary>
    public static async Task<Dictionary<long, (string? Key, int Version)>> RowsOfAsync(string dataPath)
    {
        await using var catalog = await DataFolder.OpenAsync(new SqliteOptions { DataFolder = dataPath });
        var table = (await catalog.FindTableAsync(Shop, default)).ShouldNotBeNull();
        var rows = new Dictionary<long, (string? Key, int Version)>();
        for (long after = 0; (await catalog.ReadRowsAsync(table.Generation, after, 1000, default)).Value is { Count: > 0 } page; after = page[^1].Id)
        {
            foreach (var row in page) rows.Add(row.Id, (row.ItemKey, row.Version));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (Catalog is not null) await Catalog.DisposeAsync();
        _data.Dispose();
        _other.Delete(recursive: true);
    }
}
