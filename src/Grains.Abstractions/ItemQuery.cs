namespace ImageSearch;

/// <summary>A search for items.</summary>
/// <param name="Examples">What to search by, 1..<see cref="MaxExamples"/>, at least one of them positive.</param>
/// <param name="Count">Maximum number of hits, or of groups; 1..<see cref="PictureQuery.MaxTopK"/>.</param>
[GenerateSerializer, Immutable]
public sealed record ItemQuery(IReadOnlyList<QueryExample> Examples, int Count)
{
    /// <summary>Maximum number of examples.</summary>
    public const int MaxExamples = 16;

    /// <summary>A filter that hits match; null for none.</summary>
    [Id(2)]
    public string? Filter { get; init; }

    /// <summary>Returns the nearest hit of each value of <c>product_id</c> or of an attribute; null: every hit. Items without a value are no hits then.</summary>
    [Id(3)]
    public string? GroupBy { get; init; }

    /// <summary>The smallest <see cref="ItemHit.Score"/> of a hit; null for any.</summary>
    [Id(4)]
    public float? MinScore { get; init; }

    /// <summary>The attribute or field that orders hits of equal score; null for the id.</summary>
    [Id(5)]
    public string? ThenBy { get; init; }

    /// <summary>Whether the greatest value of <see cref="ThenBy"/> comes first.</summary>
    [Id(6)]
    public bool ThenByDescending { get; init; }

    /// <summary>The last hit of the page before; null for the first page.</summary>
    [Id(7)]
    public HitPosition? After { get; init; }

    /// <summary>Whether to report how the search was done.</summary>
    [Id(8)]
    public bool Explain { get; init; }

    /// <summary>Whether to return the vectors of the hits.</summary>
    [Id(9)]
    public bool WithVectors { get; init; }
}

/// <summary>An example to search by. Exactly one of <paramref name="Vectors"/> and <paramref name="Item"/> is set.</summary>
/// <param name="Vectors">A picture's vectors.</param>
/// <param name="Item">An item of the table, whose stored vectors are the example.</param>
/// <param name="IsNegative">True: hits are unlike the example.</param>
[GenerateSerializer, Immutable]
public sealed record QueryExample(PictureVectors? Vectors, ItemReference? Item, bool IsNegative = false);

/// <summary>A place in the order of hits, which is by distance, then by id.</summary>
/// <param name="SquaredDistance">The distance of the last hit.</param>
/// <param name="Id">Its id.</param>
/// <param name="Seen">The number of hits, or of groups, of all pages before.</param>
[GenerateSerializer, Immutable]
public sealed record HitPosition(float SquaredDistance, long Id, int Seen);

/// <summary>An item that a search found.</summary>
/// <param name="Item">The item.</param>
/// <param name="SquaredDistance">Squared Euclidean distance to the query, 0..4.</param>
[GenerateSerializer, Immutable]
public sealed record ItemHit(Item Item, float SquaredDistance)
{
    /// <summary>How alike the pictures are, 0..1: 1 for the same vector, 0.5 for unrelated ones. It is (1 + cosine) / 2.</summary>
    public float Score => 1f - (SquaredDistance / 4f);
}

/// <summary>The hits of a search, best first.</summary>
/// <param name="Metric">The table's metric.</param>
/// <param name="Hits">The hits.</param>
/// <param name="Next">Where the next page begins; null if there are no more hits.</param>
/// <param name="Plan">How the search was done, if requested.</param>
[GenerateSerializer, Immutable]
public sealed record ItemHits(Metric Metric, IReadOnlyList<ItemHit> Hits, HitPosition? Next, SearchPlan? Plan);

/// <summary>How a search was done.</summary>
/// <param name="Method">all, id_set (the filter's items alone were compared) or walk (nearest rows were tested until enough matched).</param>
/// <param name="Rounds">How often the vector store was asked.</param>
/// <param name="Examined">Rows that were tested by filter and group.</param>
/// <param name="FilterSeconds">Time of the filter's lookup in the catalog.</param>
/// <param name="VectorSeconds">Time of the vector store.</param>
/// <param name="CatalogSeconds">Time of reading rows.</param>
[GenerateSerializer, Immutable]
public sealed record SearchPlan(string Method, int Rounds, int Examined, double FilterSeconds, double VectorSeconds, double CatalogSeconds);
