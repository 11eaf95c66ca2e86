using System.CommandLine;
using ImageSearch.Cli.Settings;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Migration;
using ImageSearch.Storage.MySql;
using ImageSearch.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Catalogs;

/// <summary>The options that select a catalog, in SQLite or MySQL.</summary>
internal sealed class CatalogOptions
{
    private readonly MySqlServerOptions _mySql = new();

    private readonly SettingOption<string> _data;

    /// <param name="isChoice">Whether the command works on a running service unless its command line names a catalog.</param>
    public CatalogOptions(bool isChoice = false) => _data = isChoice
        ? new SettingOption<string>(
            "--data", null, ValueFormats.FullPath, null, $"Work on the data folder of a service (its {Variables.DataPath}) instead of on one that runs. Stop the service first.")
        : new SettingOption<string>(
            "--data", Variables.DataPath, ValueFormats.FullPath, Path.GetFullPath("data"),
            $"The data folder of the service (its {Variables.DataPath}), if its catalog is in SQLite. Stop the service first.", "./data");

    public void AddTo(Command command)
    {
        command.Add(_data.Option);
        _mySql.AddTo(command, required: false);
    }

    /// <summary>Whether the command line names a catalog.</summary>
    public bool IsGiven(ParseResult parsed) => OptionReader.Read(parsed, reader => reader.IsGiven(_data)) || _mySql.Read(parsed) is not null;

    /// <summary>Opens the catalog.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="canCreate">Whether to create the catalog if it does not exist.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="CatalogException">The catalog can't be opened.</exception>
    public async Task<OpenCatalog> OpenAsync(ParseResult parsed, bool canCreate, TimeProvider time, CancellationToken cancellationToken)
    {
        if (_mySql.Read(parsed) is { } options)
        {
            if (!canCreate) await RequireCatalogAsync(options, cancellationToken);
            var catalog = await MySqlCatalog.OpenAsync(options, time, NullLogger<MySqlCatalog>.Instance, cancellationToken);
            return new OpenCatalog(catalog, new MySqlTableTransfer(catalog, time));
        }

        return await OpenSqliteAsync(DataFolder(parsed), canCreate, time, cancellationToken);
    }

    /// <summary>Opens the catalog for a dry run; null if it does not exist.</summary>
    /// <exception cref="CatalogException">The catalog can't be opened.</exception>
    public async Task<OpenCatalog?> OpenIfExistsAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellationToken)
    {
        var exists = _mySql.Read(parsed) is { } options
            ? await MySqlTableTransfer.HasCatalogAsync(options, cancellationToken)
            : File.Exists(CatalogFile(DataFolder(parsed)));
        return exists ? await OpenAsync(parsed, canCreate: false, time, cancellationToken) : null;
    }

    private string DataFolder(ParseResult parsed) => OptionReader.Read(parsed, reader => reader.Value(_data)!);

    // Opening the catalog would create its tables.
    private static async Task RequireCatalogAsync(MySqlOptions options, CancellationToken cancellationToken)
    {
        await MySqlTableTransfer.RequireDatabaseAsync(options, cancellationToken);
        if (await MySqlTableTransfer.HasCatalogAsync(options, cancellationToken)) return;
        throw new CatalogException(
            FailureCode.CatalogUnavailable,
            $"the database {options.Database} has no catalog of ImageSearch; set --mysql-db to the {Variables.MySqlDatabase} of the service, or import "
            + "without --dry-run to create it");
    }

    private static string CatalogFile(string folder) => Path.Combine(folder, "catalog.db");

    private static async Task<OpenCatalog> OpenSqliteAsync(
        string folder, bool canCreate, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!canCreate && !File.Exists(CatalogFile(folder)))
        {
            throw new CatalogException(
                FailureCode.CatalogUnavailable,
                $"there is no catalog.db in '{folder}'; set --data to the {Variables.DataPath} of the service");
        }

        var options = new SqliteOptions { DataFolder = folder };
        var catalog = await SqliteCatalog.OpenAsync(options, time, NullLogger<SqliteCatalog>.Instance, cancellationToken);
        return new OpenCatalog(catalog, catalog);
    }
}
