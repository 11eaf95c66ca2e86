using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Writing;

/// <summary>Puts of items, whose keys and ids are looked up together with those of other puts of their group.</summary>
internal sealed class PutWrite(TableGeneration table, IReadOnlyList<EncodedPut> puts, CancellationToken cancellationToken)
    : MySqlWrite<Result<ItemWrite>[]>(table, transaction => transaction.PutAsync(puts), cancellationToken)
{
    public override int Rows => puts.Count;

    public IEnumerable<string> Keys => puts.Select(put => put.Put.Texts.Key).OfType<string>();

    public IEnumerable<long> Ids => puts.Select(put => put.Put.Row?.Id).OfType<long>();
}
