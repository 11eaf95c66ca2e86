namespace ImageSearch.Api.Figures;

/// <summary>A stage of a search whose times are sampled.</summary>
internal enum FigureStage
{
    /// <summary>The picture is loaded.</summary>
    Fetch,

    /// <summary>The picture becomes a vector.</summary>
    Embed,

    /// <summary>The catalog finds the rows that match a filter.</summary>
    Filter,

    /// <summary>The index finds the nearest rows.</summary>
    Vectors,

    /// <summary>The catalog reads rows.</summary>
    Catalog,

    /// <summary>The whole request over any API, from its first byte to the last of its answer.</summary>
    All,
}
