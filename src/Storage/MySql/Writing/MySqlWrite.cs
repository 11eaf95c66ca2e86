using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Writing;

/// <summary>A write of one table that waits for its group's commit.</summary>
internal interface IMySqlWrite : IPendingWrite
{
    TableGeneration Table { get; }

    /// <summary>Does the work inside the table's transaction.</summary>
    Task ApplyAsync(TableTransaction transaction);

    /// <summary>Makes the outcome a failure.</summary>
    void Fail(Failure failure);
}

/// <inheritdoc cref="IMySqlWrite"/>
internal class MySqlWrite<T>(TableGeneration table, Func<TableTransaction, Task<Result<T>>> work, CancellationToken cancellationToken)
    : PendingWrite<Result<T>>(cancellationToken), IMySqlWrite
{
    public TableGeneration Table => table;

    public async Task ApplyAsync(TableTransaction transaction) => Succeed(await work(transaction).ConfigureAwait(false));

    public void Fail(Failure failure) => Succeed(failure);
}

/// <summary>Adds of pictures, which share statements with other adds of their group.</summary>
internal sealed class AddWrite(TableGeneration table, IReadOnlyList<EncodedPicture> pictures, CancellationToken cancellationToken)
    : MySqlWrite<Result<RowVersion>[]>(table, transaction => transaction.AddAsync(pictures), cancellationToken)
{
    public IReadOnlyList<EncodedPicture> Pictures => pictures;

    public override int Rows => pictures.Count;
}
