using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.MySql.Attributes;

namespace ImageSearch.Storage.MySql.Writing;

/// <summary>A table's registry row after this process's last commit.</summary>
/// <param name="Dimension">The dimension of its vectors.</param>
/// <param name="LastId">The greatest id assigned.</param>
/// <param name="LastChange">The number of the last commit.</param>
/// <param name="IsAlone">No other process wrote between this process's last two commits.</param>
/// <param name="Schema">Its schema: a change of the settings is a commit too.</param>
/// <param name="Replaces">The last adds with keys replaced rows, so the next ones probably do too.</param>
internal sealed record KnownTable(int Dimension, long LastId, long LastChange, TableSchema Schema, bool IsAlone, bool Replaces);

/// <summary>
/// What the writer remembers of the tables it wrote, so that it need not query them before each commit. The commit verifies it: if
/// another process has written the table, one packet is wasted, and the table is queried until this process is its only writer again.
/// </summary>
internal sealed class KnownTables
{
    // About 100 bytes each. A service with more active tables queries some of them again.
    private const int MaxTables = 4096;

    private readonly Dictionary<TableGeneration, KnownTable> _tables = [];

    /// <summary>The table if its registry row is probably unchanged; otherwise null.</summary>
    public KnownTable? Find(TableGeneration table) => _tables.GetValueOrDefault(table) is { IsAlone: true } known ? known : null;

    /// <summary>Records a commit that followed change <paramref name="previousChange"/>.</summary>
    /// <param name="table">The table.</param>
    /// <param name="dimension">The dimension of its vectors.</param>
    /// <param name="lastId">The greatest id assigned.</param>
    /// <param name="previousChange">The number of the change before.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="replaced">Whether adds with keys replaced rows; null if there were none.</param>
    public void Committed(TableGeneration table, int dimension, long lastId, long previousChange, TableSchema schema, bool? replaced)
    {
        var before = _tables.GetValueOrDefault(table);
        if (_tables.Count >= MaxTables) _tables.Clear();
        _tables[table] = new KnownTable(
            dimension, lastId, previousChange + 1, schema, before is null || before.LastChange == previousChange,
            replaced ?? before is { Replaces: true });
    }

    /// <summary>Records that the remembered state was outdated.</summary>
    public void Outdated(TableGeneration table)
    {
        if (_tables.GetValueOrDefault(table) is { } known) _tables[table] = known with { IsAlone = false };
    }
}
