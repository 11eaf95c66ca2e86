using System.Runtime.CompilerServices;
using ImageSearch.Client;
using ImageSearch.Client.Problems;
using ImageSearch.Client.Tables;

namespace ImageSearch.Pages.Tables;

/// <summary>Tables with their sizes, all of them or those whose name has a part.</summary>
internal static class TableListing
{
    /// <summary>The tables by name, as far as the caller goes.</summary>
    /// <param name="tables">The calls of tables.</param>
    /// <param name="part">A part of the name in either case; empty for all tables.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public static IAsyncEnumerable<Table> ReadAsync(TableCalls tables, string part, CancellationToken cancellationToken) =>
        part.Length == 0 ? tables.ListAsync(withSizes: true, cancellationToken) : FindAsync(tables, part, cancellationToken);

    // Only tables that are found are measured: there may be thousands of others.
    private static async IAsyncEnumerable<Table> FindAsync(TableCalls tables, string part, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var table in tables.ListAsync(cancellationToken: cancellationToken))
        {
            if (!table.Name.Contains(part, StringComparison.OrdinalIgnoreCase)) continue;
            if (await MeasureAsync(tables, table.Name, cancellationToken) is { } measured) yield return measured;
        }
    }

    private static async Task<Table?> MeasureAsync(TableCalls tables, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await tables.GetAsync(name, cancellationToken);
        }
        catch (ProblemException e) when (e.Code == ProblemCode.TableNotFound)
        {
            return null; // It was dropped since it was listed.
        }
    }
}
