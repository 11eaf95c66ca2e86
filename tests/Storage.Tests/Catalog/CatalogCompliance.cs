using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Tests.Catalog;

/// <summary>The compliance suite of all catalogs.</summary>
public abstract partial class CatalogCompliance : IAsyncLifetime
{
    private SettableTime Time { get; } = new();

    private ICatalog Catalog { get; set; } = null!;

    public virtual async Task InitializeAsync() => Catalog = await OpenAsync(Time);

    public virtual async Task DisposeAsync() => await Catalog.DisposeAsync();

    /// <summary>Opens the catalog of this test. A second call, after that catalog is closed, reopens its data.</summary>
    protected abstract Task<ICatalog> OpenAsync(TimeProvider time);

    /// <summary>Sets a column as a shop's own SQL would.</summary>
    protected abstract Task SetColumnAsync(TableGeneration table, long id, string column, object? value);

    /// <summary>Reads a column as a shop's own SQL would; dates as text to the millisecond.</summary>
    protected abstract Task<object?> ReadColumnAsync(TableGeneration table, long id, string column);

    private async Task ReopenAsync()
    {
        await Catalog.DisposeAsync();
        Catalog = await OpenAsync(Time);
    }

    private static TableName Name(string text) => TableName.Parse(text).Value;

    private async Task<TableGeneration> CreateAsync(string name = "shop") =>
        (await Catalog.CreateTableAsync(Name(name), Rows.Model, Metric.L2, default)).Generation;

    private async Task<RowVersion> AddAsync(TableGeneration table, NewPicture picture, bool searchable = true) =>
        Value(await Catalog.AddAsync(table, picture, searchable, default));

    private async Task<IReadOnlyDictionary<long, PictureTexts>> TextsAsync(TableGeneration table, params RowVersion[] rows) =>
        Value(await Catalog.ReadTextsAsync(table, rows, default)).Texts;

    private async Task<VectorBatch> VectorsAsync(TableGeneration table, RowSelection selection = RowSelection.All)
    {
        var vectors = new List<RowVectors>();
        var refused = new List<RefusedRow>();
        await foreach (var batch in Catalog.ReadVectorsAsync(table, Rows.Model.Dimension, selection, default))
        {
            vectors.AddRange(batch.Vectors);
            refused.AddRange(batch.Refused);
        }

        return new VectorBatch(vectors, refused);
    }

    private async Task<IReadOnlyList<RowVersion>> VersionsAsync(TableGeneration table, RowSelection selection)
    {
        var rows = new List<RowVersion>();
        await foreach (var batch in Catalog.ReadVersionsAsync(table, selection, default)) rows.AddRange(batch);
        return rows;
    }

    private static T Value<T>(Result<T> result)
    {
        result.Failure.ShouldBeNull();
        return result.Value!;
    }

    private static void ShouldFail<T>(Result<T> result, FailureCode code)
    {
        result.Failure.ShouldNotBeNull().Code.ShouldBe(code);
        result.Failure.Message.ShouldNotBeNullOrWhiteSpace();
    }
}
