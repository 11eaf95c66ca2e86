namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Rows wanted by a filter.</summary>
/// <param name="Filter">A Milvus expression, such as <c>id &gt; 17</c>. It is sent as it is: no text of a client may be in it.</param>
/// <param name="Limit">Most rows, 1..16,384; those with the least primary keys come, ascending.</param>
/// <param name="OutputFields">The fields wanted.</param>
internal sealed record MilvusQuery(string Filter, int Limit, IReadOnlyList<string> OutputFields)
{
    /// <summary>The most rows that a server gives at once.</summary>
    public const int MaxRows = 16_384;

    /// <summary>
    /// The rows that come are the least ones. False where the filter finds no more than the limit, so that all come whatever the order is.
    /// </summary>
    public bool Least { get; init; } = true;

    /// <inheritdoc cref="MilvusSearch.Guarantee"/>
    public ulong? Guarantee { get; init; }

    /// <inheritdoc cref="MilvusSearch.Strong"/>
    public bool Strong { get; init; }
}
