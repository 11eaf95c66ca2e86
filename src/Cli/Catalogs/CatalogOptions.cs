using System.CommandLine;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Migration;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Catalogs;

/// <summary>The options that say which catalog is meant. The one place that knows the kinds of catalogs.</summary>
internal sealed class CatalogOptions
{
    private readonly MySqlServerOptions _mySql = new();

    private readonly Option<DirectoryInfo> _data = new("--data")
    {
        Description = "The service's data folder (its DATA_PATH), where its catalog is in SQLite; the service must be stopped. "
            + "Default: the variable DATA_PATH, or ./data.",
        DefaultValueFactory = _ => new DirectoryInfo(Environment.GetEnvironmentVariable("DATA_PATH") is { Length: > 0 } path ? path : "data"),
    };

    public void AddTo(Command command)
    {
        command.Add(_data);
        _mySql.AddTo(command, required: false);
    }

    /// <summary>Opens a catalog that is there, or, to write into, a new one.</summary>
    /// <exception cref="CatalogException">It can't be used; says why.</exception>
    public async Task<OpenCatalog> OpenAsync(ParseResult parsed, bool mayBeNew, TimeProvider time, CancellationToken cancellationToken)
    {
        if (_mySql.Read(parsed) is { } options)
        {
            if (!mayBeNew) await RequireCatalogAsync(options, cancellationToken);
            var catalog = await MySqlCatalog.OpenAsync(options, time, NullLogger<MySqlCatalog>.Instance, cancellationToken);
            return new OpenCatalog(catalog, new MySqlTableTransfer(catalog, time));
        }

        return await OpenSqliteAsync(parsed.GetValue(_data)!.FullName, mayBeNew, time, cancellationToken);
    }

    /// <summary>Opens a catalog for a dry run, which makes nothing; null where there is none.</summary>
    /// <exception cref="CatalogException">It can't be used; says why.</exception>
    public async Task<OpenCatalog?> OpenIfThereAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellationToken)
    {
        var isThere = _mySql.Read(parsed) is { } options
            ? await MySqlTableTransfer.HasCatalogAsync(options, cancellationToken)
            : File.Exists(CatalogFile(parsed.GetValue(_data)!.FullName));
        return isThere ? await OpenAsync(parsed, mayBeNew: false, time, cancellationToken) : null;
    }

    // Opening would make its tables.
    private static async Task RequireCatalogAsync(MySqlOptions options, CancellationToken cancellationToken)
    {
        await MySqlTableTransfer.RequireDatabaseAsync(options, cancellationToken);
        if (await MySqlTableTransfer.HasCatalogAsync(options, cancellationToken)) return;
        throw new CatalogException(
            FailureCode.CatalogUnavailable,
            $"the database {options.Database} has no catalog of ImageSearch; give --mysql-db the one that the service has as MYSQL_DB, or import "
            + "without --dry-run to make it");
    }

    private static string CatalogFile(string folder) => Path.Combine(folder, "catalog.db");

    private static async Task<OpenCatalog> OpenSqliteAsync(
        string folder, bool mayBeNew, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!mayBeNew && !File.Exists(CatalogFile(folder)))
        {
            throw new CatalogException(
                FailureCode.CatalogUnavailable,
                $"there is no catalog.db in '{folder}'; give --data the folder that the service has as DATA_PATH");
        }

        var options = new SqliteOptions { DataFolder = folder };
        var catalog = await SqliteCatalog.OpenAsync(options, time, NullLogger<SqliteCatalog>.Instance, cancellationToken);
        return new OpenCatalog(catalog, catalog);
    }
}
