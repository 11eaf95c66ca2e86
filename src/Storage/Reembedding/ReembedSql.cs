using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Reembedding;

/// <summary>The statements of <see cref="ReembedStore"/>. A database's own class supplies what differs between SQL dialects.</summary>
internal abstract class ReembedSql
{
    public string Replace => $"""
        UPDATE {Reembeds}
        SET id = @id, vector_set = @set, model_name = @model, model_version = @modelVersion, dimension = @dimension, views = @views,
            max_failures = @max, owner = @owner, state = 'Running', fault = NULL, create_date = @now, end_date = NULL
        WHERE generation = @generation AND state <> 'Running'
        """;

    public string Insert => $"""
        {InsertIgnore} INTO {Reembeds}
            (generation, name, id, vector_set, model_name, model_version, dimension, views, max_failures, owner, state, create_date)
        VALUES (@generation, @name, @id, @set, @model, @modelVersion, @dimension, @views, @max, @owner, 'Running', @now)
        """;

    public string Resume => $"""
        UPDATE {Reembeds} SET views = @views, max_failures = @max, owner = @owner, state = 'Running', fault = NULL, create_date = @now, end_date = NULL
        WHERE id = @id AND state IN ('Failed', 'Cancelled')
        """;

    public string ForgetFailures => $"DELETE FROM {Rows} WHERE reembed_id = @id AND code IS NOT NULL";

    public string Find => $"{Select} WHERE generation = @generation";

    public string ListRunning => $"{Select} WHERE state = 'Running' ORDER BY generation";

    public string Count => $"SELECT COUNT(*), COUNT(code) FROM {Rows} WHERE reembed_id = @id";

    public string ListVectors => $"""
        SELECT id, version, feature, feature_object FROM {Rows} WHERE reembed_id = @id AND id > @after AND feature IS NOT NULL ORDER BY id LIMIT @count
        """;

    public string End => $"UPDATE {Reembeds} SET state = @state, fault = @fault, end_date = @now WHERE id = @id AND state = 'Running'";

    public string AddRows(int count) =>
        $"REPLACE INTO {Rows} (reembed_id, id, version, feature, feature_object, code, message) VALUES "
        + string.Join(", ", Enumerable.Range(0, count).Select(i => $"(@reembed, @id{i}, @version{i}, @feature{i}, @object{i}, @code{i}, @message{i})"));

    /// <summary>Gives the table its new model. It runs first: its lock keeps writers out until the vectors are replaced too.</summary>
    public string SwitchModel(TableGeneration table) => $"""
        UPDATE {Tables}
        SET model_name = @model, model_version = @modelVersion, dimension = @dimension, vector_set = vector_set + 1, revision = revision + 1
        WHERE generation = @generation AND name = @name AND state = 'live' AND vector_set = @set
            AND EXISTS (SELECT 1 FROM {Reembeds} j WHERE j.id = @id AND j.state = 'Running')
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

    /// <summary>Removes rows that no change needs: vectors that are in the table, and all of changes that are gone.</summary>
    public abstract string SweepRows { get; }

    protected abstract string Reembeds { get; }

    protected abstract string Rows { get; }

    protected abstract string Tables { get; }

    protected abstract string InsertIgnore { get; }

    /// <summary>The rows of a table as <c>r</c>, with a condition to which others can be added.</summary>
    protected abstract string RowsOf(TableGeneration table);

    /// <summary>A row's id as a signed integer.</summary>
    protected abstract string Id(string column);

    /// <summary>A date as text, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</summary>
    protected abstract string DateText(string column);

    // In the order in which ReembedRow reads it.
    private string Select => $"""
        SELECT id, name, generation, vector_set, model_name, model_version, dimension, views, max_failures, state, fault,
            {DateText("create_date")}, {DateText("end_date")}, owner
        FROM {Reembeds}
        """;
}
