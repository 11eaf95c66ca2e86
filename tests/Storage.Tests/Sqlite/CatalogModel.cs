using System.Globalization;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using ImageSearch.Storage.Tests.Catalog;

namespace ImageSearch.Storage.Tests.Sqlite;

/// <summary>
/// A step of a random sequence of operations on a catalog. The meaning of the numbers depends on the kind; they are taken modulo what
/// exists.
/// </summary>
public sealed record CatalogStep(StepKind Kind, int Table, int Row, int Value);

public enum StepKind
{
    Create,
    Drop,
    Add,
    AddOrReplace,
    ChangeTexts,
    ChangePicture,
    DeleteById,
    DeleteByKey,
    Mark,
    Reopen,
}

/// <summary>A model of a catalog in dictionaries. Each step is applied to both and the results are compared.</summary>
internal sealed class CatalogModel(Func<Task<SqliteCatalog>> open)
{
    private static readonly string[] Names = ["a", "A", "sqlite_b"];
    private readonly Dictionary<string, Table> _live = [];
    private readonly Dictionary<string, long> _lastIds = Names.ToDictionary(name => name, _ => 0L);
    private readonly List<TableGeneration> _dropped = [];
    private SqliteCatalog _catalog = null!;

    public static async Task RunAsync(IEnumerable<CatalogStep> steps, Func<Task<SqliteCatalog>> open)
    {
        var model = new CatalogModel(open) { _catalog = await open() };
        try
        {
            foreach (var step in steps)
            {
                await model.DoAsync(step);
                await model.CompareAsync();
            }
        }
        finally
        {
            await model._catalog.DisposeAsync();
        }
    }

    private async Task DoAsync(CatalogStep step)
    {
        var name = Names[step.Table % Names.Length];
        if (step.Kind == StepKind.Reopen)
        {
            await _catalog.DisposeAsync();
            _catalog = await open();
        }
        else if (step.Kind == StepKind.Create)
        {
            var made = await _catalog.CreateTableAsync(TableName.Parse(name).Value, Rows.Model, Metric.L2, default);
            _live.TryAdd(name, new Table(made.Generation));
            made.Generation.ShouldBe(_live[name].Generation);
        }
        else if (_live.TryGetValue(name, out var table))
        {
            await DoAsync(step, name, table);
        }
    }

    private async Task DoAsync(CatalogStep step, string name, Table table)
    {
        var id = _lastIds[name] == 0 ? 1 : 1 + (step.Row % _lastIds[name]);
        var key = (step.Row % 3).ToString(CultureInfo.InvariantCulture);
        var there = table.Rows.TryGetValue(id, out var row);
        switch (step.Kind)
        {
            case StepKind.Drop:
                (await _catalog.DropTableAsync(table.Generation, default)).ShouldBeTrue();
                _live.Remove(name);
                _dropped.Add(table.Generation);
                break;
            case StepKind.Add or StepKind.AddOrReplace:
                await AddAsync(step, name, table, key);
                break;
            case StepKind.ChangeTexts:
                var texts = new PictureTexts(Tags: $"{step.Value}");
                Same(await _catalog.ChangeAsync(table.Generation, Rows.Change(id, texts), default), id, there ? row!.Version : null);
                table.Set(id, row is null ? null : row with { Texts = row.Texts with { Tags = texts.Tags } });
                break;
            case StepKind.ChangePicture:
                var changed = row is null ? null : row with { Version = row.Version + 1, Seed = step.Value, Searchable = step.Value % 2 == 0 };
                var change = Rows.Change(id, Rows.Vector(step.Value));
                Same(await _catalog.ChangeAsync(table.Generation, change, step.Value % 2 == 0, default), id, changed?.Version);
                table.Set(id, changed);
                break;
            case StepKind.DeleteById:
                var deleted = (await _catalog.DeleteByIdsAsync(table.Generation, [id, id + 1], default)).Value!;
                deleted.ShouldBe(table.Remove((other, _) => other == id || other == id + 1));
                break;
            case StepKind.DeleteByKey:
                (await _catalog.DeleteByKeysAsync(table.Generation, [key], default)).Value!.ShouldBe(
                    table.Remove((_, other) => other.Texts.Key == key));
                break;
            default:
                var version = step.Value % 3;
                (await _catalog.MarkSearchableAsync(table.Generation, [new RowVersion(id, version)], default)).Value
                    .ShouldBe(row?.Version == version ? 1 : 0);
                table.Set(id, row?.Version == version ? row with { Searchable = true } : row);
                break;
        }
    }

    private async Task AddAsync(CatalogStep step, string name, Table table, string key)
    {
        var replace = step.Kind == StepKind.AddOrReplace;
        var added = (await _catalog.AddAsync(
            table.Generation, Rows.Row(step.Value, key, $"{step.Value}", replace), step.Value % 2 == 0, default)).Value;
        var old = replace ? table.Rows.Where(row => row.Value.Texts.Key == key).Select(row => row.Key).FirstOrDefault() : 0;
        var id = old == 0 ? ++_lastIds[name] : old;
        var version = old == 0 ? 1 : table.Rows[old].Version + 1;
        added.ShouldBe(new RowVersion(id, version));
        table.Set(id, new Row(version, step.Value, new PictureTexts($"{step.Value}", Key: key), step.Value % 2 == 0));
    }

    private async Task CompareAsync()
    {
        (await _catalog.ListTablesAsync(default)).Select(table => table.Generation)
            .ShouldBe(_live.Values.Select(table => table.Generation), ignoreOrder: true);
        foreach (var table in _live.Values)
        {
            var versions = table.Rows.Select(row => new RowVersion(row.Key, row.Value.Version)).ToList();
            var texts = (await _catalog.ReadTextsAsync(table.Generation, versions, default)).Value!.Texts;
            texts.ShouldBe(table.Rows.Select(row => KeyValuePair.Create(row.Key, row.Value.Texts)), ignoreOrder: true);
            await CompareVectorsAsync(table, RowSelection.All, _ => true);
            await CompareVectorsAsync(table, RowSelection.Waiting, row => !row.Searchable);
            (await _catalog.CountSearchableAsync(table.Generation, default)).Value
                .ShouldBe(table.Rows.Values.Count(row => row.Searchable));
        }

        foreach (var gone in _dropped)
        {
            (await _catalog.CountSearchableAsync(gone, default)).Failure!.Code.ShouldBe(FailureCode.TableDropped);
        }
    }

    private async Task CompareVectorsAsync(Table table, RowSelection selection, Func<Row, bool> selected)
    {
        var read = new List<RowVectors>();
        await foreach (var batch in _catalog.ReadVectorsAsync(table.Generation, Rows.Model.Dimension, selection, default))
        {
            batch.Refused.ShouldBeEmpty();
            read.AddRange(batch.Vectors);
        }

        var wanted = table.Rows.Where(row => selected(row.Value)).ToList();
        read.Select(row => row.Row).ShouldBe(wanted.Select(row => new RowVersion(row.Key, row.Value.Version)));
        read.SelectMany(row => row.Whole.ToArray()).ShouldBe(wanted.SelectMany(row => Rows.Vector(row.Value.Seed)));
    }

    private static void Same(Result<RowVersion> result, long id, int? version)
    {
        if (version is { } number)
        {
            result.Value.ShouldBe(new RowVersion(id, number));
        }
        else
        {
            result.Failure!.Code.ShouldBe(FailureCode.IdNotFound);
        }
    }

    private sealed record Row(int Version, int Seed, PictureTexts Texts, bool Searchable);

    private sealed class Table(TableGeneration generation)
    {
        public TableGeneration Generation { get; } = generation;

        public SortedDictionary<long, Row> Rows { get; } = [];

        public void Set(long id, Row? row)
        {
            if (row is not null)
            {
                Rows[id] = row;
            }
        }

        public List<RowVersion> Remove(Func<long, Row, bool> which)
        {
            var removed = Rows.Where(row => which(row.Key, row.Value)).Select(row => new RowVersion(row.Key, row.Value.Version)).ToList();
            removed.ForEach(row => Rows.Remove(row.Id));
            return removed;
        }
    }
}
