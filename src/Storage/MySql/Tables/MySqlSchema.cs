using System.Data.Common;
using Dapper;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Imports;
using ImageSearch.Storage.Keys;
using ImageSearch.Storage.MySql.Attributes;
using ImageSearch.Storage.MySql.Pictures;
using ImageSearch.Storage.MySql.Sessions;
using ImageSearch.Storage.Reembedding;

namespace ImageSearch.Storage.MySql.Tables;

/// <summary>
/// The catalog's own tables. Their names contain a <c>$</c>, which is not allowed in a data set's name, so that clients can neither name
/// them nor collide with them.
/// </summary>
internal static class MySqlSchema
{
    /// <summary>The schema version that this program reads and writes.</summary>
    public const long Version = 1;

    internal const string Options = "ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";

    private const string SettingsType = "MEDIUMTEXT COLLATE utf8mb4_bin DEFAULT NULL";
    private const string RevisionType = "BIGINT NOT NULL DEFAULT 0";
    private const string RemovedVersionType = "INT NOT NULL DEFAULT 0";
    private const string VectorSetType = "BIGINT NOT NULL DEFAULT 0";

    // Columns that databases of older versions lack. Their processes, which may go on beside this one during an update, name
    // the columns that they insert, so each needs a default.
    private static readonly (string Name, string Definition)[] Added =
    [
        ("settings", SettingsType), ("revision", RevisionType), ("removed_version", RemovedVersionType), ("vector_set", VectorSetType), ("last_set", VectorSetType),
    ];
    private static readonly (string Name, string Definition)[] AddedToPictures = [("object", PictureSql.ObjectColumn)];
    private static readonly (string Name, string Definition)[] AddedToChoices =
    [
        ("api_key", MySqlImportSql.ApiKeyType), ("on_duplicate", MySqlImportSql.OnDuplicateType), ("duplicate_score", MySqlImportSql.DuplicateScoreType),
    ];
    private static readonly (string Name, string Definition)[] AddedToPieces = [("duplicates", MySqlImportSql.DuplicatesType)];

    // held_name is the name while a table is being created or live, and NULL after that: its unique key lets no name be held twice.
    private const string Tables = $"""
        CREATE TABLE IF NOT EXISTS `imagesearch$state` (
            name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
            value BIGINT NOT NULL) {Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$tables` (
            generation BIGINT NOT NULL PRIMARY KEY,
            name VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            held_name VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
            state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            model_name VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
            model_version VARCHAR(255) COLLATE utf8mb4_bin NOT NULL,
            dimension INT NOT NULL,
            metric VARCHAR(16) CHARACTER SET ascii NOT NULL,
            last_id BIGINT NOT NULL DEFAULT 0,
            last_change BIGINT NOT NULL DEFAULT 0,
            create_date DATETIME(3) NOT NULL,
            settings {SettingsType},
            revision {RevisionType},
            removed_version {RemovedVersionType},
            vector_set {VectorSetType},
            last_set {VectorSetType},
            UNIQUE KEY held_name (held_name)) {Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$names` (
            name VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
            last_id BIGINT NOT NULL) {Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$writers` (
            writer CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
            sequence BIGINT NOT NULL,
            seen TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP) {Options};
        CREATE TABLE IF NOT EXISTS `imagesearch$changes` (
            generation BIGINT NOT NULL,
            number BIGINT NOT NULL,
            writer CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            changed MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
            seen TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
            PRIMARY KEY (generation, number),
            KEY seen (seen)) {Options};
        {IndexTables.Create}
        {PictureSql.Create}
        {MySqlImportSql.Tables}
        {MySqlKeyTables.Create}
        {MySqlReembedSql.CreateTables}
        INSERT IGNORE INTO `imagesearch$state` (name, value) VALUES ('schema', 1), ('generation', 0), ('identity', @identity);
        """;

    /// <summary>Creates the database if missing. A user without the right to create it needs an existing one.</summary>
    public static async Task CreateDatabaseAsync(MySqlOptions options)
    {
        try
        {
            var inside = MySqlDriver.Source(options, options.Database);
            await using (inside.ConfigureAwait(false))
            {
                var connection = await inside.OpenConnectionAsync().ConfigureAwait(false);
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (DbException e) when (MySqlDriver.ErrorNumber(e) == MySqlErrors.NoSuchDatabase)
        {
            var outside = MySqlDriver.Source(options, null);
            await using (outside.ConfigureAwait(false))
            {
                var connection = await outside.OpenConnectionAsync().ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    await connection.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Quote(options.Database)} CHARACTER SET utf8mb4")
                        .ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>Creates missing tables, and checks the schema version of existing ones.</summary>
    /// <returns>The catalog's identity.</returns>
    /// <exception cref="CatalogException">A newer version created them.</exception>
    public static async Task<long> PrepareAsync(MySqlSession db, MySqlOptions options)
    {
        var held = await DatabaseLock.TakeAsync(db, options, "schema").ConfigureAwait(false);
        await db.ExecuteAsync(Tables, new { identity = CatalogIdentity.New() }).ConfigureAwait(false);
        await AddMissingColumnsAsync(db, "imagesearch$tables", Added).ConfigureAwait(false);
        await AddMissingColumnsAsync(db, "imagesearch$pictures", AddedToPictures).ConfigureAwait(false);
        await AddMissingColumnsAsync(db, "imagesearch$import_choices", AddedToChoices).ConfigureAwait(false);
        await AddMissingColumnsAsync(db, "imagesearch$import_pieces", AddedToPieces).ConfigureAwait(false);
        await held.ReleaseAsync().ConfigureAwait(false);
        var version = await db.FirstAsync<long>("SELECT value FROM `imagesearch$state` WHERE name = 'schema'").ConfigureAwait(false);
        if (version > Version)
        {
            throw new CatalogException(
                FailureCode.CatalogUnavailable,
                $"the database {options.Database} was written by a newer ImageSearch (schema {version}, this one knows {Version}); start that one");
        }

        return await db.FirstAsync<long>("SELECT value FROM `imagesearch$state` WHERE name = 'identity'").ConfigureAwait(false);
    }

    private static async Task AddMissingColumnsAsync(MySqlSession db, string table, (string Name, string Definition)[] added)
    {
        var present = await db.QueryAsync<string>(
            $"SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '{table}'")
            .ConfigureAwait(false);
        var missing = added.Where(column => !present.Contains(column.Name, StringComparer.OrdinalIgnoreCase))
            .Select(column => $"ADD COLUMN {column.Name} {column.Definition}").ToList();
        if (missing.Count > 0)
            await db.ExecuteAsync($"ALTER TABLE `{table}` {string.Join(", ", missing)}").ConfigureAwait(false);
    }

    private static string Quote(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
