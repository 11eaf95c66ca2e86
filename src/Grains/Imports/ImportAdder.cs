namespace ImageSearch.Grains.Imports;

/// <summary>
/// Stores the pictures of this process's imports under their keys. Those that are embedded while a call to their table runs are one commit and
/// one batch for the index (<see cref="CallBatches{TPicture, TResult}"/>).
/// </summary>
public sealed class ImportAdder
{
    private readonly CallBatches<NewPicture, long> _adds;
    private readonly CallBatches<ItemPut, ItemWrite> _puts;

    /// <summary>An adder without pictures.</summary>
    /// <param name="grains">Finds the tables.</param>
    public ImportAdder(IGrainFactory grains)
        : this(table => grains.GetGrain<ITableGrain>(table.Value), table => grains.GetGrain<ITableItemsGrain>(table.Value))
    {
    }

    internal ImportAdder(Func<TableName, ITableGrain> tables, Func<TableName, ITableItemsGrain> items)
    {
        _adds = new CallBatches<NewPicture, long>(
            (table, pictures) => tables(table).AddManyAsync(pictures, CancellationToken.None),
            (table, picture) => tables(table).AddAsync(picture, CancellationToken.None),
            picture => picture.Vectors);
        _puts = new CallBatches<ItemPut, ItemWrite>(
            (table, puts) => items(table).PutItemsAsync(puts, CancellationToken.None),
            (table, put) => items(table).PutItemAsync(put, CancellationToken.None),
            put => put.Vectors);
    }

    /// <summary>Adds a picture, which replaces the row with its key. Returns after the commit is durable.</summary>
    /// <param name="table">The table.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="cancellationToken">Cancels the wait for the next call; a call that runs is completed.</param>
    public Task<Result<long>> AddAsync(TableName table, NewPicture picture, CancellationToken cancellationToken) =>
        _adds.AddAsync(table, picture, cancellationToken);

    /// <summary>As <see cref="AddAsync"/>, and says whether the picture is a duplicate.</summary>
    /// <param name="table">The table.</param>
    /// <param name="put">The picture, which replaces the row with its key: it may be put twice.</param>
    /// <param name="cancellationToken">Cancels the wait for the next call; a call that runs is completed.</param>
    public Task<Result<ItemWrite>> PutAsync(TableName table, ItemPut put, CancellationToken cancellationToken) =>
        _puts.AddAsync(table, put, cancellationToken);
}
