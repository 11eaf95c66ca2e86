namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>The kind of failure of a call to Milvus. Metrics report the names.</summary>
public enum MilvusFault
{
    /// <summary>The connection failed, or the server is not ready.</summary>
    Unreachable,

    /// <summary>Access denied.</summary>
    Refused,

    /// <summary>The collection or database does not exist.</summary>
    NotFound,

    /// <summary>The collection already exists.</summary>
    AlreadyExists,

    /// <summary>The collection is not loaded, or only in part, so it can't be searched.</summary>
    NotLoaded,

    /// <summary>The server limits the rate of calls, or its memory or disk quota is exhausted.</summary>
    RateLimited,

    /// <summary>The call timed out.</summary>
    Deadline,

    /// <summary>The response is not valid, so the server is probably not Milvus.</summary>
    Garbled,

    /// <summary>The server reported another error.</summary>
    Failed,
}
