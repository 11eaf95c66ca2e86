using System.Text.Json;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Catalog.Attributes;

namespace ImageSearch.Storage.MySql.Tables;

/// <summary>A row of the registry, as Dapper reads it.</summary>
internal sealed class RegistryRow
{
    public long Generation { get; init; }

    public string Name { get; init; } = "";

    public string State { get; init; } = "";

    public string ModelName { get; init; } = "";

    public string ModelVersion { get; init; } = "";

    public int Dimension { get; init; }

    public string Metric { get; init; } = "";

    public long LastChange { get; init; }

    public string? Settings { get; init; }

    public long Revision { get; init; }

    public string? Created { get; init; }

    public long VectorSet { get; init; }

    // The name is validated again because it becomes part of SQL text.
    public TableGeneration Table =>
        TableName.Parse(Name).TryGet(out var name, out _) ? new TableGeneration(name, Generation) { VectorSet = VectorSet } : throw Damaged("a table's name");

    public TableRecord ToRecord() => new(
        Table,
        new ModelIdentity(ModelName, ModelVersion, Dimension),
        Enum.TryParse<Metric>(Metric, out var metric) ? metric : throw Damaged("metric of table " + Name))
    {
        Settings = StoredSettings(),
        Revision = Revision,
        Created = Created,
    };

    private TableSettings StoredSettings()
    {
        try
        {
            return TableSettingsJson.Read(Settings);
        }
        catch (JsonException)
        {
            throw Damaged("settings of table " + Name);
        }
    }

    private static CatalogException Damaged(string what) => new(
        FailureCode.CatalogUnavailable, $"the registry in the database is damaged ({what}); restore `imagesearch$tables` from a backup");
}
