using System.Globalization;
using ImageSearch.Storage.Backups;
using ImageSearch.Storage.Sqlite.Schema;
using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Storage.Sqlite.Copies;

/// <summary>A copy of a catalog, read without a lock or a log beside it: nothing else may write the file.</summary>
internal sealed class CopiedCatalog : IDisposable
{
    private readonly SqliteConnection _connection;

    private CopiedCatalog(SqliteConnection connection) => _connection = connection;

    /// <summary>The name of the file, in a data folder and in a backup.</summary>
    public const string FileName = SqliteOptions.DatabaseFile;

    /// <summary>The latest schema that this program reads.</summary>
    public const long LatestSchema = SqliteSchema.Version;

    /// <summary>The version of the schema.</summary>
    public long Schema => Number("PRAGMA user_version");

    /// <summary>The catalog's identity.</summary>
    public long Identity => Number("SELECT identity FROM imagesearch_identity");

    /// <summary>Opens a file.</summary>
    /// <exception cref="BackupException">It can't be opened.</exception>
    public static CopiedCatalog Open(string file)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                // Without immutable, reading a file in WAL mode creates files beside it.
                DataSource = new Uri(file).AbsoluteUri + "?immutable=1",
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ToString());
        try
        {
            connection.Open();
            return new CopiedCatalog(connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Damaged(e);
        }
    }

    /// <summary>The live tables with their rows, by name.</summary>
    /// <exception cref="BackupException">The file is damaged, or of an older schema.</exception>
    public IReadOnlyList<BackupTable> Tables()
    {
        // The index alone is read: rows with their vectors are a hundred times as large.
        using var command = Command(
            """
            SELECT name, coalesce(rows, 0)
            FROM imagesearch_tables
            LEFT JOIN (SELECT generation AS counted, count(*) AS rows FROM imagesearch_rows INDEXED BY imagesearch_rows_id GROUP BY generation)
                ON counted = generation
            WHERE state = 'live' ORDER BY name
            """);
        try
        {
            var tables = new List<BackupTable>();
            using var reader = command.ExecuteReader();
            while (reader.Read()) tables.Add(new BackupTable(reader.GetString(0), reader.GetInt64(1)));
            return tables;
        }
        catch (SqliteException e)
        {
            throw Damaged(e);
        }
    }

    /// <summary>Reads the whole file and checks its structure.</summary>
    /// <returns>The first fault; null if there is none.</returns>
    public string? FindFault()
    {
        try
        {
            using var command = Command("PRAGMA integrity_check(1)");
            return command.ExecuteScalar() as string is { } answer && answer != "ok" ? answer : null;
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }

    public void Dispose() => _connection.Dispose();

    private long Number(string sql)
    {
        try
        {
            using var command = Command(sql);
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
        catch (SqliteException e)
        {
            throw Damaged(e);
        }
    }

    private SqliteCommand Command(string sql)
    {
        var command = _connection.CreateCommand();
        // Every statement is a constant of this class.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    private static BackupException Damaged(SqliteException e) => new(
        FailureCode.BackupNotFound, $"{FileName} can't be read ({e.Message}); use another backup", SqliteErrors.Translate(e));
}
