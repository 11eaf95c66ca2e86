using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Writing;

/// <summary>A table's registry row as this process's last commit left it.</summary>
/// <param name="Dimension">Values of its vectors.</param>
/// <param name="LastId">The greatest id given out.</param>
/// <param name="LastChange">The number of the last commit.</param>
/// <param name="IsAlone">No other process wrote between this process's last two commits.</param>
internal sealed record KnownTable(int Dimension, long LastId, long LastChange, bool IsAlone);

/// <summary>
/// What the writer remembers of the tables it wrote, so that it need not ask before each commit. The commit checks it: a table that
/// another process wrote since then costs a packet in vain, and is asked for until this process writes it alone again.
/// </summary>
internal sealed class KnownTables
{
    // Some 100 bytes each. A service with more active tables than this asks for some of them again.
    private const int MaxTables = 4096;

    private readonly Dictionary<TableGeneration, KnownTable> _tables = [];

    /// <summary>The table where its registry row is probably unchanged; otherwise null.</summary>
    public KnownTable? Find(TableGeneration table) => _tables.GetValueOrDefault(table) is { IsAlone: true } known ? known : null;

    /// <summary>Notes a commit that followed the change of the number <paramref name="previousChange"/>.</summary>
    public void Committed(TableGeneration table, int dimension, long lastId, long previousChange)
    {
        var before = _tables.GetValueOrDefault(table);
        if (_tables.Count >= MaxTables) _tables.Clear();
        _tables[table] = new KnownTable(dimension, lastId, previousChange + 1, before is null || before.LastChange == previousChange);
    }

    /// <summary>Notes that the table was not as remembered.</summary>
    public void Moved(TableGeneration table)
    {
        if (_tables.GetValueOrDefault(table) is { } known) _tables[table] = known with { IsAlone = false };
    }
}
