using ImageSearch.Client.Tables;

namespace ImageSearch.Pages.Tables.Schema;

/// <summary>An attribute of a schema while it is edited.</summary>
public sealed class SchemaRow
{
    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its type.</summary>
    public AttributeType Type { get; set; } = AttributeType.String;

    /// <summary>Whether filters and orders use an index.</summary>
    public bool Indexed { get; set; } = true;

    /// <summary>An attribute that a table has.</summary>
    public static SchemaRow Of(AttributeDefinition attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        return new SchemaRow { Name = attribute.Name, Type = attribute.Type, Indexed = attribute.Indexed };
    }

    /// <summary>The attribute as it is sent.</summary>
    public AttributeDefinition ToDefinition() => new() { Name = Name.Trim(), Type = Type, Indexed = Indexed };
}
