namespace ImageSearch.Client.Search;

/// <summary>How a search was done, and the milliseconds of its stages.</summary>
public sealed record SearchPlan
{
    /// <summary><c>all</c> (no filter), <c>id_set</c> (the filter's items were compared) or <c>walk</c> (nearest items were tested).</summary>
    public string Method { get; init; } = "";

    /// <summary>How often the index was asked.</summary>
    public int Rounds { get; init; }

    /// <summary>How many rows were read.</summary>
    public int Examined { get; init; }

    /// <summary>Milliseconds until the slowest picture was loaded.</summary>
    public double FetchMs { get; init; }

    /// <summary>Milliseconds until the slowest picture had its vector.</summary>
    public double EmbedMs { get; init; }

    /// <summary>Milliseconds of the filter's index.</summary>
    public double FilterMs { get; init; }

    /// <summary>Milliseconds of the vector store.</summary>
    public double VectorsMs { get; init; }

    /// <summary>Milliseconds of the catalog.</summary>
    public double CatalogMs { get; init; }
}
