namespace ImageSearch.Storage.Keys;

/// <summary>The statements of <see cref="KeyStore"/>. Dates are texts, which both databases compare alike.</summary>
/// <param name="keys">The table of keys.</param>
/// <param name="audit">The table of the audit.</param>
/// <param name="insertIgnore">The beginning of an insert that leaves a row alone if its key exists.</param>
internal sealed class KeySql(string keys, string audit, string insertIgnore)
{
    // In the order in which KeyRow reads it.
    private const string Columns =
        "id, name, scopes, tables, rate, burst, max_rows, max_tables, expires, created, rotated, last_used, disabled, revision";

    // The statement may be sent again after its answer was lost.
    public string Create => $"""
        {insertIgnore} INTO {keys} (id, name, hash, scopes, tables, rate, burst, max_rows, max_tables, expires, created, disabled, revision)
        VALUES (@id, @name, @hash, @scopes, @tables, @rate, @burst, @rows, @count, @expires, @created, @disabled, 0)
        """;

    public string FindByHash => $"SELECT {Columns} FROM {keys} WHERE hash = @hash OR (previous_hash = @hash AND previous_until > @now)";

    public string Find => $"SELECT {Columns} FROM {keys} WHERE id = @id";

    public string List => $"SELECT {Columns} FROM {keys} WHERE id > @after ORDER BY id LIMIT @limit";

    public string Change => $"""
        UPDATE {keys} SET name = @name, scopes = @scopes, tables = @tables, rate = @rate, burst = @burst, max_rows = @rows,
            max_tables = @count, expires = @expires, disabled = @disabled, revision = revision + 1
        WHERE id = @id AND revision = @revision
        """;

    // The order matters: MySQL assigns from left to right.
    public string Rotate => $"""
        UPDATE {keys} SET previous_hash = CASE WHEN @until IS NULL THEN NULL ELSE hash END, previous_until = @until, hash = @hash,
            rotated = @now, revision = revision + 1
        WHERE id = @id AND hash <> @hash
        """;

    public string Delete => $"DELETE FROM {keys} WHERE id = @id AND (@revision IS NULL OR revision = @revision)";

    public string Touch => $"UPDATE {keys} SET last_used = @now WHERE id = @id AND (last_used IS NULL OR last_used <= @before)";

    public string Record => $"""
        INSERT INTO {audit} (date, who, action, target, address, outcome, detail)
        VALUES (@date, @who, @action, @target, @address, @outcome, @detail)
        """;

    public string ListAudit => $"""
        SELECT number, date, who, action, target, address, outcome, detail FROM {audit}
        WHERE @before IS NULL OR number < @before ORDER BY number DESC LIMIT @limit
        """;

    public string SweepAudit => $"DELETE FROM {audit} WHERE date < @oldest";
}
