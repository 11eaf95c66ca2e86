namespace ImageSearch.Storage.Imports;

/// <summary>The statements of <see cref="ImportStore"/>. A database's own class supplies what differs between SQL dialects.</summary>
internal abstract class ImportSql
{
    public string Begin => $"""
        {InsertIgnore} INTO {Imports} (id, name, generation, views, state, create_date)
        VALUES (@id, @name, @generation, @views, 'Receiving', @now)
        """;

    public string AddChoices => $"""
        {InsertIgnore} INTO {Choices} (import_id, on_existing_key, dry_run, immediate, api_key, on_duplicate, duplicate_score)
        SELECT id, @rule, @dry, @immediate, @key, @duplicate, @score FROM {Imports} WHERE id = @id
        """;

    /// <summary>Claims a running import; null if one process has all imports to itself.</summary>
    public abstract string? Claim { get; }

    /// <summary>Has a row if the import is running and claimed by the owner.</summary>
    public abstract string FindClaimed { get; }

    public string Move => $"UPDATE {Imports} SET state = @to, fault = @fault, end_date = @ended WHERE id = @id AND state = @from";

    public string CancelUnheard => $"{Move} AND {IsUnheard}";

    /// <summary>Records that a list is being received; null if one process has all imports to itself.</summary>
    public abstract string? Hear { get; }

    public string ClearContents => $"UPDATE {Pieces} SET content = '' WHERE import_id = @id AND content <> ''";

    public string Find => $"{SelectProgress} FROM (SELECT * FROM {Imports} WHERE id = @id) i {SumOverPieces}";

    /// <summary>Lists imports.</summary>
    /// <param name="tables">A condition on the column name, of parameters only.</param>
    public string List(string tables) => $"""
        {SelectProgress} FROM (
            SELECT * FROM {Imports}
            WHERE (@state IS NULL OR state = @state) AND (@name IS NULL OR name = @name) AND {tables}
                AND (@date IS NULL OR create_date < @date OR (create_date = @date AND id > @id))
            ORDER BY create_date DESC, id LIMIT @count) i
        {SumOverPieces} ORDER BY i.create_date DESC, i.id
        """;

    public string FindOld => $"SELECT id FROM {Imports} WHERE end_date < @ended OR (state = 'Receiving' AND create_date < @begun)";

    public string Discard => $"DELETE FROM {Imports} WHERE id = @id AND state = 'Receiving'";

    public string Delete => $"DELETE FROM {Imports} WHERE id = @id";

    public string AddPiece => $"""
        {InsertIgnore} INTO {Pieces} (import_id, number, items, next, content, failures)
        SELECT id, @number, @items, @next, @content, '' FROM {Imports} WHERE id = @id AND state = 'Receiving'
        """;

    public string HasPiece => $"SELECT 1 FROM {Pieces} WHERE import_id = @id AND number = @number";

    public string FindPiece => $"SELECT items, next, content FROM {Pieces} WHERE import_id = @id AND number = @number";

    public string ListOpenPieces => $"""
        SELECT p.number FROM {Imports} i JOIN {Pieces} p ON p.import_id = i.id
        WHERE i.id = @id AND i.state IN ('Running', 'Receiving') AND p.next < p.items ORDER BY p.number LIMIT @count
        """;

    public string AdvancePiece => $"""
        UPDATE {Pieces}
        SET next = @to, stored = stored + @stored, failed = failed + @failed, duplicates = duplicates + @duplicates, failures = {Append("failures", "@failures")},
            content = CASE WHEN @to >= items THEN '' ELSE content END
        WHERE import_id = @id AND number = @number AND next = @from
        """;

    public string FindStep => $"SELECT next, begun, alone_until FROM {Steps} WHERE import_id = @id AND number = @number";

    public string NoteStep => $"""
        INSERT INTO {Steps} (import_id, number, next, begun, alone_until)
        SELECT id, @number, @next, @begun, @alone FROM {Imports} WHERE id = @id
        {StepExists}
        """;

    public string AddPicture => $"""
        {InsertIgnore} INTO {Pictures} (import_id, line, part, content)
        SELECT id, @line, @part, @content FROM {Imports} WHERE id = @id AND state = 'Receiving'
        """;

    public string FindPicture => $"SELECT content FROM {Pictures} WHERE import_id = @id AND line = @line ORDER BY part";

    public string DeletePictures => $"DELETE FROM {Pictures} WHERE import_id = @id AND line >= @first AND line <= @last";

    public string DeleteAllPictures => $"DELETE FROM {Pictures} WHERE import_id = @id";

    public string ListFailuresAfter => $"""
        SELECT number, failures FROM {Pieces} WHERE import_id = @id AND number > @after AND failed > 0 ORDER BY number LIMIT @count
        """;

    public string ListFailures => $"SELECT failures FROM {Pieces} WHERE import_id = @id AND failed > 0 ORDER BY number LIMIT @count";

    /// <summary>Whether no record of <see cref="Hear"/> counts.</summary>
    protected abstract string IsUnheard { get; }

    protected abstract string Imports { get; }

    protected abstract string Pieces { get; }

    protected abstract string Steps { get; }

    protected abstract string Choices { get; }

    protected abstract string Pictures { get; }

    /// <summary>The beginning of an insert that leaves a row alone if its key exists.</summary>
    protected abstract string InsertIgnore { get; }

    /// <summary>The end of an insert that overwrites a step if it exists.</summary>
    protected abstract string StepExists { get; }

    /// <summary>A date as text, <c>yyyy-MM-dd HH:mm:ss.fff</c>.</summary>
    protected abstract string DateText(string column);

    /// <summary>A sum as a 64-bit integer, 0 without rows.</summary>
    protected abstract string Sum(string column);

    /// <summary>A column's text with another one after it.</summary>
    protected abstract string Append(string column, string value);

    // In the order in which ImportRow reads it.
    private string SelectProgress => $"""
        SELECT i.id, i.name, i.generation, i.views, i.state, i.fault, {DateText("i.create_date")}, {DateText("i.end_date")},
            {Sum("p.items")}, {Sum("p.stored")}, {Sum("p.failed")},
            c.on_existing_key, COALESCE(c.dry_run, 0), COALESCE(c.immediate, 0), c.api_key,
            {Sum("p.duplicates")}, c.on_duplicate, c.duplicate_score
        """;

    private string SumOverPieces => $"""
        LEFT JOIN {Choices} c ON c.import_id = i.id
        LEFT JOIN {Pieces} p ON p.import_id = i.id
        GROUP BY i.id, i.name, i.generation, i.views, i.state, i.fault, i.create_date, i.end_date,
            c.on_existing_key, c.dry_run, c.immediate, c.api_key, c.on_duplicate, c.duplicate_score
        """;
}
