namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>A query for rows that match a filter.</summary>
/// <param name="Filter">A Milvus expression, such as <c>id &gt; 17</c>. It is sent verbatim, so it must not contain text of clients.</param>
/// <param name="Limit">The maximum number of rows, 1..16,384.</param>
/// <param name="OutputFields">The fields to return.</param>
public sealed record MilvusQuery(string Filter, int Limit, IReadOnlyList<string> OutputFields)
{
    /// <summary>The maximum number of rows of one query.</summary>
    public const int MaxRows = 16_384;

    /// <summary>
    /// Whether the rows with the lowest primary keys are returned, in ascending order. Set it to false if the filter can't match more rows
    /// than the limit: the query is cheaper then.
    /// </summary>
    public bool LowestFirst { get; init; } = true;

    /// <inheritdoc cref="MilvusSearch.Guarantee"/>
    public ulong? Guarantee { get; init; }

    /// <inheritdoc cref="MilvusSearch.Strong"/>
    public bool Strong { get; init; }
}
