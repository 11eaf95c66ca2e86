using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Imports;

/// <summary>An import's row as Dapper reads it.</summary>
internal sealed class ImportRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public long Generation { get; init; }

    public string Views { get; init; } = "";

    public string State { get; init; } = "";

    public string? Fault { get; init; }

    public string CreateDate { get; init; } = "";

    public string? EndDate { get; init; }

    public long Items { get; init; }

    public long Stored { get; init; }

    public long Failed { get; init; }

    public ImportProgress? TryRead() =>
        TableName.Parse(Name).TryGet(out var name, out _)
        && Enum.TryParse<PictureViews>(Views, out var views)
        && Enum.TryParse<ImportState>(State, out var state)
            ? new ImportProgress(new ImportRecord(Id, new TableGeneration(name, Generation), views, state, Fault, CreateDate, EndDate), Items, Stored, Failed)
            : null;

    public ImportProgress Read() => TryRead() ?? throw new CatalogException(
        FailureCode.CatalogUnavailable, $"the row of import {Id} in the catalog is damaged or a newer program's; delete it, or run that program");
}

/// <summary>Lines in one text column.</summary>
internal static class ImportLines
{
    /// <summary>Each line with its end, so that texts can be put one after another.</summary>
    public static string Join(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    /// <summary>The first lines of all.</summary>
    public static IReadOnlyList<string> Split(IEnumerable<string> texts, int count) =>
        [.. texts.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Take(count)];
}
