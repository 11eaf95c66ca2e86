using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;

namespace ImageSearch.Api.V1.Tables;

/// <summary>
/// The tables of a caller, by name. A key's patterns are read one after the other, each from where its tables begin: tables of others are
/// neither on a page nor make it shorter.
/// </summary>
internal static class TableList
{
    /// <summary>Reads tables whose names are greater than <paramref name="after"/>.</summary>
    /// <param name="grains">Finds the list.</param>
    /// <param name="caller">Whose tables.</param>
    /// <param name="after">The name before the first; null for the beginning.</param>
    /// <param name="count">Maximum number of tables.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<Result<IReadOnlyList<TableStatus>>> ReadAsync(
        IGrainFactory grains, Caller caller, string? after, int count, CancellationToken cancellationToken)
    {
        var list = grains.GetGrain<ITableListGrain>(ITableListGrain.Key);
        if (caller.Key is not { } key) return await list.ListAsync(after, count, cancellationToken);
        var tables = new List<TableStatus>();
        foreach (var pattern in key.Tables)
        {
            if (tables.Count == count) break;
            var read = await ReadAsync(grains, pattern, after, count - tables.Count, cancellationToken);
            if (!read.TryGet(out var more, out var failure)) return failure;
            tables.AddRange(more);
        }

        return tables;
    }

    private static async Task<Result<IReadOnlyList<TableStatus>>> ReadAsync(
        IGrainFactory grains, string pattern, string? after, int count, CancellationToken cancellationToken)
    {
        var stem = TablePattern.StemOf(pattern);
        var tables = new List<TableStatus>();
        // The list begins after a name, and a prefix may be a name itself.
        if (stem.Length > 0 && string.CompareOrdinal(stem, after) > 0)
        {
            if (!TableAccess.OfPattern(stem).TryGet(out var name, out var failure)) return failure;
            var described = await grains.Table(name).DescribeAsync(cancellationToken);
            if (described.TryGet(out var status, out failure)) tables.Add(status);
            else if (failure.Code != FailureCode.TableNotFound) return failure;
            after = stem;
        }

        if (!TablePattern.IsPrefix(pattern) || tables.Count == count) return tables;
        var listed = await grains.GetGrain<ITableListGrain>(ITableListGrain.Key).ListAsync(after, count - tables.Count, cancellationToken);
        if (!listed.TryGet(out var following, out var notListed)) return notListed;
        tables.AddRange(following.TakeWhile(table => TablePattern.Covers(pattern, table.Name.Value)));
        return tables;
    }
}
