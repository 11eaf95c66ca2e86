using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering;

/// <summary>The names of fields, in filters and where results are ordered or grouped.</summary>
public static class FilterFields
{
    /// <summary>Maximum number of fields that a message lists.</summary>
    public const int MaxListed = 10;

    private static readonly (string Name, FilterField Field)[] OfEveryItem =
    [
        ("id", new(FieldKind.Id, AttributeType.Number)),
        ("key", new(FieldKind.Key, AttributeType.String)),
        ("product_id", new(FieldKind.ProductId, AttributeType.String)),
        ("tags", new(FieldKind.Tags, AttributeType.String)),
        ("brief", new(FieldKind.Brief, AttributeType.String)),
        ("path", new(FieldKind.Path, AttributeType.String)),
        ("url", new(FieldKind.Path, AttributeType.String)),
        ("created", new(FieldKind.Created, AttributeType.Date)),
        ("modified", new(FieldKind.Modified, AttributeType.Date)),
    ];

    /// <summary>Finds a field by its name, which is case-sensitive.</summary>
    /// <param name="name">The name, from a client.</param>
    /// <param name="schema">The table's attributes.</param>
    /// <returns>The field, or <see cref="FailureCode.RequestInvalid"/>; the message lists fields of the table.</returns>
    public static Result<FilterField> Parse(string name, IReadOnlyList<AttributeDefinition> schema)
    {
        foreach (var (candidate, field) in OfEveryItem)
        {
            if (candidate == name) return field;
        }

        foreach (var attribute in schema)
        {
            if (attribute.Name == name) return new FilterField(FieldKind.Attribute, attribute.Type, attribute);
        }

        var names = schema.Select(attribute => attribute.Name).Concat(OfEveryItem.Select(field => field.Name));
        var listed = List(names, name);
        return new Failure(FailureCode.RequestInvalid, $"\"{UserText.Show(name)}\" is not a field of the table; its fields are {listed}")
        {
            Value = name,
            Bound = $"one of {listed}",
        };
    }

    /// <summary>The name of a field.</summary>
    public static string NameOf(FilterField field) =>
        field.Attribute?.Name ?? Array.Find(OfEveryItem, candidate => candidate.Field.Kind == field.Kind).Name;

    /// <summary>Lists names for a message, those that differ from the given one by case first.</summary>
    internal static string List(IEnumerable<string> names, string given)
    {
        var all = names.OrderByDescending(name => name.Equals(given, StringComparison.OrdinalIgnoreCase)).ToList();
        var listed = string.Join(", ", all.Take(MaxListed));
        return all.Count > MaxListed ? $"{listed} and {all.Count - MaxListed} more" : listed;
    }
}
