using System.Text.Json;
using ImageSearch.Client.Json;
using ImageSearch.Client.Tables;

namespace ImageSearch.Client.Items;

/// <summary>One operation of a batch: a put or a delete.</summary>
public sealed class BatchOperation
{
    private readonly ItemReference _item;
    private readonly NewItem? _put;
    private readonly KeyRule? _rule;

    private BatchOperation(ItemReference item, NewItem? put, KeyRule? rule) => (_item, _put, _rule) = (item, put, rule);

    /// <summary>Creates or replaces an item.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="item">Its picture and fields. The bytes of an uploaded picture are in memory during the call.</param>
    /// <param name="onExistingKey">What happens to an item whose key is there; null for the table's rule.</param>
    public static BatchOperation Put(string key, NewItem item, KeyRule? onExistingKey = null)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new BatchOperation(key, item, onExistingKey);
    }

    /// <summary>Deletes an item.</summary>
    /// <param name="item">Its key or id.</param>
    public static BatchOperation Delete(ItemReference item) => new(item, null, null);

    /// <summary>Writes the operation after its picture is read.</summary>
    internal async ValueTask<Action<Utf8JsonWriter>> ToJsonAsync(CancellationToken cancellationToken)
    {
        if (_put is null) return json => Write(json, "delete", new Members().Add("key", _item.Key).Add("id", _item.Key is null ? _item.Id : null), null);
        var picture = await _put.Picture.ToJsonAsync(cancellationToken).ConfigureAwait(false);
        return json => Write(json, "put", _put.ToMembers().Add("key", _item.Key).Add("on_existing_key", _rule), picture);
    }

    private static void Write(Utf8JsonWriter json, string kind, Members members, Action<Utf8JsonWriter>? picture)
    {
        json.WriteStartObject();
        json.WriteStartObject(kind);
        members.Write(json);
        picture?.Invoke(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
