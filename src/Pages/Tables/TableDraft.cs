using ImageSearch.Client.Tables;
using ImageSearch.Pages.Tables.Schema;

namespace ImageSearch.Pages.Tables;

/// <summary>The settings of a table while they are edited.</summary>
public sealed class TableDraft
{
    public Metric? Metric { get; set; }

    public KeyRule OnExistingKey { get; set; } = KeyRule.Replace;

    public MainObjectRule? MainObject { get; set; }

    public KeepPictures? KeepPictures { get; set; }

    public long? MaxRows { get; set; }

    public DuplicateRule OnDuplicate { get; set; } = DuplicateRule.Allow;

    /// <summary>Null for the service's default.</summary>
    public double? DuplicateScore { get; set; }

    public List<SchemaRow> Attributes { get; init; } = [];

    /// <summary>The settings that a table has.</summary>
    public static TableDraft Of(Table table) => new()
    {
        Metric = table.Metric,
        OnExistingKey = table.OnExistingKey,
        MainObject = table.MainObject,
        KeepPictures = table.KeepPictures,
        MaxRows = table.MaxRows,
        OnDuplicate = table.OnDuplicate,
        DuplicateScore = table.DuplicateScore,
        Attributes = [.. table.Attributes.Select(SchemaRow.Of)],
    };

    /// <summary>The settings of a new table.</summary>
    public TableSettings ToSettings() => new()
    {
        Metric = Metric,
        OnExistingKey = OnExistingKey,
        MainObject = MainObject,
        KeepPictures = KeepPictures,
        MaxRows = MaxRows,
        OnDuplicate = OnDuplicate,
        DuplicateScore = DuplicateScore,
        Attributes = Schema(),
    };

    /// <summary>All settings as a change, which holds only for the table that was read.</summary>
    public TableChanges ToChanges() => new()
    {
        Metric = Metric,
        OnExistingKey = OnExistingKey,
        MainObject = MainObject,
        KeepPictures = KeepPictures,
        MaxRows = MaxRows,
        OnDuplicate = OnDuplicate,
        DuplicateScore = DuplicateScore,
        Attributes = Schema(),
    };

    private List<AttributeDefinition> Schema() => Attributes.ConvertAll(row => row.ToDefinition());
}
