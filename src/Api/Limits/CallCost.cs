namespace ImageSearch.Api.Limits;

/// <summary>What a call mostly costs.</summary>
internal enum CallCost
{
    /// <summary>A catalog query: counts, deletes, tables, progress.</summary>
    Cheap,

    /// <summary>Waiting for another server.</summary>
    Fetch,

    /// <summary>Decoding and embedding a picture.</summary>
    Picture,

    /// <summary>Indexing a table: minutes or hours.</summary>
    Load,
}
