using ImageSearch.Filtering;

namespace ImageSearch.Storage.Catalog;

/// <summary>Applies changes to the fields of items.</summary>
internal static class ItemTexts
{
    /// <summary>The fields after a change.</summary>
    /// <param name="texts">The fields before it.</param>
    /// <param name="changes">The change.</param>
    /// <param name="schema">The table's attributes.</param>
    public static Result<PictureTexts> Apply(PictureTexts texts, FieldChanges changes, IReadOnlyList<AttributeDefinition> schema)
    {
        var values = changes.Values;
        foreach (var field in changes.Set)
        {
            texts = field switch
            {
                "tags" => texts with { Tags = values.Tags },
                "brief" => texts with { Brief = values.Brief },
                "key" => texts with { Key = values.Key },
                "path" => texts with { FilePath = values.FilePath },
                "product_id" => texts with { ProductId = values.ProductId },
                _ => throw new ArgumentException($"'{field}' is no field that can be set.", nameof(changes)),
            };
        }

        if (changes.Attributes is not { } patch) return texts;
        return AttributeValues.Merge(texts.Attributes, patch, schema).TryGet(out var merged, out var failure)
            ? texts with { Attributes = merged }
            : failure;
    }
}
