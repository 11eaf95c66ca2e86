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

/// <summary>An add. If it replaces nothing, it shares one statement with other adds of its group.</summary>
internal sealed class AddWrite(TableGeneration table, NewPicture picture, EncodedVectors vectors, CancellationToken cancellationToken)
    : MySqlWrite<RowVersion>(table, transaction => transaction.AddOrReplaceAsync(picture.Texts, vectors), cancellationToken)
{
    public PictureTexts Texts => picture.Texts;

    public EncodedVectors Vectors => vectors;

    public bool MayReplace => picture is { ReplaceSameKey: true, Texts.Key: not null };
}
