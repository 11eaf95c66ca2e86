using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Sqlite.Rows;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>A folder of its own for one test, and a second look into the catalog's file, as a shop's own SQL has it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-catalog-");

    public string Path => _folder.FullName;

    public SqliteOptions Options => new() { DataFolder = Path };

    /// <summary>A table's rows, as they stand in a statement after FROM, UPDATE or DELETE FROM.</summary>
    public static string RowsOf(TableGeneration table) => $"{RowSql.Table} WHERE generation = {table.Number}";

    public Task<SqliteCatalog> OpenAsync() => OpenAsync(Options);

    public static Task<SqliteCatalog> OpenAsync(SqliteOptions options, TimeProvider? time = null) =>
        SqliteCatalog.OpenAsync(options, time ?? TimeProvider.System, NullLogger<SqliteCatalog>.Instance, default);

    /// <summary>A connection beside the catalog's; what it begins it must end.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Options.DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    public int Execute(string sql, params (string Name, object? Value)[] values)
    {
        using var connection = Connect();
        return Execute(connection, sql, values);
    }

    public static int Execute(SqliteConnection connection, string sql, params (string Name, object? Value)[] values)
    {
        using var command = Command(connection, sql, values);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(string sql, params (string Name, object? Value)[] values)
    {
        using var connection = Connect();
        using var command = Command(connection, sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public long Number(string sql) => Convert.ToInt64(Scalar(sql), CultureInfo.InvariantCulture);

    public void Dispose() => _folder.Delete(recursive: true);

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        // The tests' own constants.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
