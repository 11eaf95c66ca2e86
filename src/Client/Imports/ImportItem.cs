using System.Text.Json;
using ImageSearch.Client.Items;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Imports;

/// <summary>A line of an import: a picture or a vector, with fields.</summary>
public sealed record ImportItem
{
    /// <summary>The picture; null if there is a vector.</summary>
    public Picture? Picture { get; init; }

    /// <summary>The vector instead of a picture, of the table's model.</summary>
    public ReadOnlyMemory<float>? Vector { get; init; }

    /// <summary>The vector of the main object.</summary>
    public ReadOnlyMemory<float>? MainObjectVector { get; init; }

    /// <summary>The model that made the vectors, <c>NAME/VERSION</c>. A line of another model than the table's is invalid.</summary>
    public string? Model { get; init; }

    /// <summary>The row's id; null for one of the service.</summary>
    public long? Id { get; init; }

    /// <summary>The owner's key, at most 255 characters; by default the URL or path that is read.</summary>
    public string? Key { get; init; }

    /// <summary>The product, at most 255 characters.</summary>
    public string? ProductId { get; init; }

    /// <summary>Where the picture is, at most 1000 characters; by default where the service loads it from.</summary>
    public string? Path { get; init; }

    /// <summary>Tags, at most 32 characters.</summary>
    public string? Tags { get; init; }

    /// <summary>A short text, at most 500 characters.</summary>
    public string? Brief { get; init; }

    /// <summary>The attributes by the table's schema.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? Attributes { get; init; }

    /// <summary>When the row was created; null for the present time.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>When it was changed last; null for the present time.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>A thumbnail to keep with the row, beside a vector: a WebP, as in an export.</summary>
    public ReadOnlyMemory<byte>? Thumbnail { get; init; }

    /// <summary>A picture's file to keep with the row, beside a vector.</summary>
    public ReadOnlyMemory<byte>? Original { get; init; }

    /// <summary>An item of an export, which keeps its id, dates, vectors and pictures.</summary>
    /// <param name="item">The item.</param>
    public static ImportItem Of(ExportedItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new ImportItem
        {
            Vector = item.Vector,
            MainObjectVector = item.MainObjectVector,
            Model = item.Model,
            Id = item.Id,
            Key = item.Key,
            ProductId = item.ProductId,
            Path = item.Path ?? item.Url,
            Tags = item.Tags,
            Brief = item.Brief,
            Attributes = item.Attributes,
            Created = item.Created,
            Modified = item.Modified,
            Thumbnail = item.Thumbnail,
            Original = item.Original,
        };
    }

    /// <summary>Writes the line after its picture is read.</summary>
    internal async ValueTask<Action<Utf8JsonWriter>> ToJsonAsync(CancellationToken cancellationToken)
    {
        var picture = Picture is null ? null : await Picture.ToJsonAsync(cancellationToken).ConfigureAwait(false);
        return json =>
        {
            picture?.Invoke(json);
            WriteVector(json, "vector", Vector);
            WriteVector(json, "main_object_vector", MainObjectVector);
            new Members()
                .Add("model", Model).Add("id", Id).Add("key", Key).Add("product_id", ProductId).Add("path", Path).Add("tags", Tags).Add("brief", Brief)
                .AddValue("attributes", Attributes, ClientJson.Wire.IReadOnlyDictionaryStringAttributeValue)
                .Write(json);
            WriteDate(json, "created", Created);
            WriteDate(json, "modified", Modified);
            WriteFile(json, "thumbnail", Thumbnail);
            WriteFile(json, "picture", Original);
        };
    }

    private static void WriteVector(Utf8JsonWriter json, string name, ReadOnlyMemory<float>? vector)
    {
        if (vector is not { } values) return;
        json.WritePropertyName(name);
        NullableVectorConverter.Write(json, values);
    }

    private static void WriteFile(Utf8JsonWriter json, string name, ReadOnlyMemory<byte>? file)
    {
        if (file is { } bytes) json.WriteBase64String(name, bytes.Span);
    }

    private static void WriteDate(Utf8JsonWriter json, string name, DateTimeOffset? date)
    {
        if (date is { } value) json.WriteString(name, value.UtcDateTime);
    }
}
