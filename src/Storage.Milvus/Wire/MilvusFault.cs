namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>What went wrong with a call to Milvus.</summary>
public enum MilvusFault
{
    /// <summary>There is no connection, or it broke, or the server says that it is not ready.</summary>
    Unreachable,

    /// <summary>The server lets this user not in or not do this.</summary>
    Refused,

    /// <summary>There is no such collection or database.</summary>
    NotFound,

    /// <summary>There is such a collection already.</summary>
    AlreadyExists,

    /// <summary>The collection is not loaded, or not wholly, so it can't be searched.</summary>
    NotLoaded,

    /// <summary>The server wants fewer calls, or its quota of memory or disk is used up.</summary>
    RateLimited,

    /// <summary>The answer did not come in time.</summary>
    Deadline,

    /// <summary>The answer is not one of Milvus.</summary>
    Garbled,

    /// <summary>The server says that it could not do it, for another reason.</summary>
    Failed,
}
