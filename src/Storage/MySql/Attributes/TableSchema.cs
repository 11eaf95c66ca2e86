namespace ImageSearch.Storage.MySql.Attributes;

/// <summary>An index of an attribute.</summary>
/// <param name="Number">Names it in entries.</param>
/// <param name="Attribute">The attribute's name.</param>
/// <param name="Type">The type of the values that it was started for.</param>
/// <param name="IsReady">Every row has its entries; until then filters ignore it.</param>
internal sealed record AttributeIndex(long Number, string Attribute, AttributeType Type, bool IsReady);

/// <summary>What writes and filters need to know of a table's settings.</summary>
/// <param name="Revision">The revision of the settings. The indexes change only with it; of them only the readiness changes alone.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Indexes">The indexes that writes maintain.</param>
internal sealed record TableSchema(long Revision, TableSettings Settings, IReadOnlyList<AttributeIndex> Indexes)
{
    /// <summary>Of a table without settings: writes of its rows have nothing to maintain.</summary>
    public static TableSchema None { get; } = new(0, TableSettings.Default, []);

    /// <summary>All indexes are complete, so that only a new revision changes them.</summary>
    public bool IsReady => Indexes.All(index => index.IsReady);

    /// <summary>The index of an attribute; null if it has none.</summary>
    public AttributeIndex? Find(string attribute) => Indexes.FirstOrDefault(index => index.Attribute == attribute);
}
