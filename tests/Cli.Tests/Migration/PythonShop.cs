using System.Globalization;
using System.Runtime.InteropServices;
using ImageSearch.Storage.Tests.Migration;

namespace ImageSearch.Cli.Tests.Migration;

/// <summary>A database with a table like those of the first Python system, and the folder of a model.</summary>
internal sealed class PythonShop : IAsyncDisposable
{
    public const int Dimension = 2048;

    // The statement with which the Python system creates a table.
    private const string Ddl = """
        CREATE TABLE IF NOT EXISTS shop ( id BIGINT ( 20 ) UNSIGNED NOT NULL AUTO_INCREMENT, milvus_id BIGINT ( 20 ), tags VARCHAR ( 32 ),
        brief VARCHAR ( 500 ), feature MEDIUMTEXT, upload_status tinyint(2) DEFAULT '0',
        create_date datetime ( 3 ) DEFAULT CURRENT_TIMESTAMP ( 3 ),
        modify_date datetime ( 3 ) DEFAULT CURRENT_TIMESTAMP ( 3 ) ON UPDATE CURRENT_TIMESTAMP ( 3 ),
        PRIMARY KEY ( `id` ), KEY `idx_tags` ( `tags` ) USING BTREE, KEY `idx_milvus_id` ( `milvus_id` )  ) ENGINE = INNODB DEFAULT CHARSET = utf8
        """;

    // Pickles of one dimension differ only in their values, so one that NumPy wrote is a template for all.
    private static readonly byte[] Template = PickleFixtures.Accepted(PickleFixtures.NumPyFiles[0])
        .Single(row => row.Name == "2048 values, default protocol").Pickle;

    private static readonly int DataAt = Template.AsSpan().IndexOf(
        MemoryMarshal.AsBytes<float>(
            PickleFixtures.Accepted(PickleFixtures.NumPyFiles[0]).Single(row => row.Name == "2048 values, default protocol").Vector));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagesearch-migration-");

    private PythonShop(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    /// <summary>A folder with a manifest only, which is enough for the check of rows.</summary>
    public string Model => Path("resnet50");

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public static async Task<PythonShop> CreateAsync()
    {
        var shop = new PythonShop(TestDatabase.Create());
        await using (var connection = await shop.Database.ConnectAsync("mysql"))
        await using (var command = TestDatabase.Command(connection, $"CREATE DATABASE `{shop.Database.Options.Database}`", []))
        {
            await command.ExecuteNonQueryAsync();
        }

        await shop.Database.ExecuteAsync(Ddl);
        await ManifestOnly.WriteAsync(shop.Model, Dimension);
        return shop;
    }

    public static float[] Vector(int seed)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, Dimension).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var length = MathF.Sqrt(values.Sum(value => value * value));
        return [.. values.Select(value => value / length)];
    }

    /// <summary>A vector as Python stores it in the column feature.</summary>
    public static byte[] Pickle(ReadOnlySpan<float> vector)
    {
        var pickle = Template.ToArray();
        MemoryMarshal.AsBytes(vector).CopyTo(pickle.AsSpan(DataAt));
        return pickle;
    }

    /// <summary>Adds rows with ids from 1.</summary>
    public async Task AddAsync(IEnumerable<string?> features, Func<int, string?>? brief = null)
    {
        await using var connection = await Database.ConnectAsync();
        var number = 0;
        foreach (var batch in features.Chunk(100))
        {
            var values = new List<(string Name, object? Value)>();
            var tuples = new List<string>();
            foreach (var feature in batch)
            {
                number++;
                tuples.Add(string.Create(CultureInfo.InvariantCulture, $"({number + 445085583623111723}, 'tag', @b{number}, @f{number}, 1)"));
                values.Add(($"@f{number}", feature));
                values.Add(($"@b{number}", brief?.Invoke(number)));
            }

            await using var command = TestDatabase.Command(
                connection, $"INSERT INTO shop (milvus_id, tags, brief, feature, upload_status) VALUES {string.Join(", ", tuples)}", [.. values]);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Migrates the table of this database.</summary>
    public Task<Console.Ended> MigrateAsync(string model, params string[] more) => RunAsync(
        ["migrate", "andsgo", "--table", "shop", "--model", model, "--json", .. more]);

    /// <summary>Runs a command on this database, with the password in the environment.</summary>
    public Task<Console.Ended> RunAsync(params string[] arguments)
    {
        var options = Database.Options;
        Environment.SetEnvironmentVariable("MYSQL_PWD", options.Password);
        return Console.RunAsync(
        [
            .. arguments, "--mysql-host", options.Host, "--mysql-port", options.Port.ToString(CultureInfo.InvariantCulture),
            "--mysql-user", options.User, "--mysql-db", options.Database,
        ]);
    }

    public async Task<string> StructureAsync()
    {
        await using var connection = await Database.ConnectAsync();
        await using var command = TestDatabase.Command(
            connection,
            """
            SELECT GROUP_CONCAT(CONCAT_WS(' ', table_name, column_name, column_type, collation_name, column_default, extra)
                ORDER BY table_name, ordinal_position SEPARATOR '\n')
            FROM information_schema.columns WHERE table_schema = DATABASE()
            """,
            []);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
