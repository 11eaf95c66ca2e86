using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Reembedding;

/// <summary>The statements of <see cref="ReembedStore"/>. A database's own class supplies what differs between SQL dialects.</summary>
internal abstract class ReembedSql
{
    /// <summary>Gives a table's next change a number of its own. Runs before <see cref="Replace"/> or <see cref="Insert"/>, in their transaction.</summary>
    public string TakeSet => $"UPDATE {Tables} SET last_set = last_set + 1 WHERE generation = @generation AND state = 'live' AND vector_set = @set";

    public string Replace => $"""
        UPDATE {Reembeds}
        SET id = @id, vector_set = @set, target_set = {LastSet}, model_name = @model, model_version = @modelVersion, dimension = @dimension, views = @views,
            max_failures = @max, owner = @owner, read_paths = @paths, state = 'Running', fault = NULL, create_date = @now, end_date = NULL
        WHERE generation = @generation AND state <> 'Running'
        """;

    public string Insert => $"""
        {InsertIgnore} INTO {Reembeds}
            (generation, name, id, vector_set, target_set, model_name, model_version, dimension, views, max_failures, owner, read_paths, state, create_date)
        VALUES (@generation, @name, @id, @set, {LastSet}, @model, @modelVersion, @dimension, @views, @max, @owner, @paths, 'Running', @now)
        """;

    public string Resume => $"""
        UPDATE {Reembeds} SET views = @views, max_failures = @max, owner = @owner, read_paths = @paths, state = 'Running', fault = NULL, create_date = @now, end_date = NULL
        WHERE id = @id AND state IN ('Failed', 'Cancelled')
        """;

    public string ForgetFailures => $"DELETE FROM {Rows} WHERE reembed_id = @id AND code IS NOT NULL";

    public string Find => $"{Select} WHERE generation = @generation";

    public string ListRunning => $"{Select} WHERE state = 'Running' ORDER BY generation";

    public string Count => $"SELECT (SELECT COUNT(*) FROM {Rows} WHERE reembed_id = @id), ({CountFailures})";

    public string CountFailures => $"SELECT COUNT(*) FROM {Rows} WHERE reembed_id = @id AND code IS NOT NULL";

    public string ListVectors => $"""
        SELECT id, version, feature, feature_object FROM {Rows} WHERE reembed_id = @id AND id > @after AND feature IS NOT NULL ORDER BY id LIMIT @count
        """;

    public string End => $"UPDATE {Reembeds} SET state = @state, fault = @fault, end_date = @now WHERE id = @id AND state = 'Running'";

    public string AddRows(int count) =>
        $"REPLACE INTO {Rows} (reembed_id, id, version, feature, feature_object, code, message) VALUES "
        + string.Join(", ", Enumerable.Range(0, count).Select(i => $"(@reembed, @id{i}, @version{i}, @feature{i}, @object{i}, @code{i}, @message{i})"));

    /// <summary>Locks a table's entry, which every writer locks; null if one process has all tables to itself.</summary>
    public abstract string? Lock { get; }

    /// <summary>Gives the table its new model, before its vectors are replaced in the same transaction.</summary>
    public string SwitchModel(TableGeneration table) => $"""
        UPDATE {Tables}
        SET model_name = @model, model_version = @modelVersion, dimension = @dimension, vector_set = @target, revision = revision + 1
        WHERE generation = @generation AND name = @name AND state = 'live' AND vector_set = @set
            AND EXISTS (SELECT 1 FROM {Reembeds} j WHERE j.id = @id AND j.state = 'Running')
            AND ({CountFailures}) <= @max
            AND NOT EXISTS (
                SELECT 1 FROM {RowsOf(table)}
                    AND NOT EXISTS (SELECT 1 FROM {Rows} e WHERE e.reembed_id = @id AND e.id = r.id AND e.version = r.version))
        """;

    public abstract string SwitchVectors(TableGeneration table);

    /// <summary>Rows without a record, from an id on.</summary>
    public string ListOpen(TableGeneration table) => $"""
        SELECT {Id("r.id")}, r.version, r.file_path FROM {RowsOf(table)} AND r.id > @after
            AND NOT EXISTS (SELECT 1 FROM {Rows} e WHERE e.reembed_id = @id AND e.id = r.id AND e.version = r.version)
        ORDER BY r.id LIMIT @count
        """;

    public string ListFailures(TableGeneration table) => $"""
        SELECT e.id, (SELECT r.item_key FROM {RowsOf(table)} AND r.id = e.id), e.code, e.message
        FROM {Rows} e WHERE e.reembed_id = @id AND e.id > @after AND e.code IS NOT NULL ORDER BY e.id LIMIT @count
        """;

    /// <summary>Changes of tables that are not live.</summary>
    public string ForgetDropped => $"""
        DELETE FROM {Reembeds} WHERE generation NOT IN (SELECT generation FROM {Tables} WHERE state = 'live')
        """;

    public string ForgetOld => $"DELETE FROM {Reembeds} WHERE state IN ('Failed', 'Cancelled') AND end_date < @before";

    public string ListStates => $"SELECT id, state FROM {Reembeds}";

    /// <summary>The first change with rows, in the order of ids, whether or not it is known.</summary>
    public string NextWithRows => $"SELECT MIN(reembed_id) FROM {Rows} WHERE reembed_id > @after";

    /// <summary>Removes some of a change's rows.</summary>
    public abstract string DeleteRows { get; }

    /// <summary>Removes some of a change's vectors, and leaves its failures.</summary>
    public abstract string DeleteVectors { get; }

    protected abstract string Reembeds { get; }

    protected abstract string Rows { get; }

    protected abstract string Tables { get; }

    protected abstract string InsertIgnore { get; }

    private string LastSet => $"(SELECT last_set FROM {Tables} WHERE generation = @generation)";

    /// <summary>The rows of a table as <c>r</c>, with a condition to which others can be added.</summary>
    protected abstract string RowsOf(TableGeneration table);

    /// <summary>A row's id as a signed integer.</summary>
    protected abstract string Id(string column);

    /// <summary>A date as text, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</summary>
    protected abstract string DateText(string column);

    // In the order in which ReembedRow reads it.
    private string Select => $"""
        SELECT id, name, generation, vector_set, target_set, model_name, model_version, dimension, views, max_failures, state, fault,
            {DateText("create_date")}, {DateText("end_date")}, owner, read_paths
        FROM {Reembeds}
        """;
}
