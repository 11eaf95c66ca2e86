namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>What <see cref="FaultyMilvus"/> does with a call.</summary>
public enum WireFault
{
    /// <summary>Answers well.</summary>
    None,

    /// <summary>Never answers.</summary>
    Hangs,

    /// <summary>Sends the headers and half of the message, and no more.</summary>
    HangsMidAnswer,

    /// <summary>Resets the connection in place of an answer.</summary>
    Resets,

    /// <summary>Resets the connection after half of the message.</summary>
    ResetsMidAnswer,

    /// <summary>Resets the stream alone.</summary>
    ResetsStream,

    /// <summary>Sends bytes that are no HTTP/2.</summary>
    Garbage,

    /// <summary>Answers with a page.</summary>
    WrongContentType,

    /// <summary>Answers HTTP 404.</summary>
    HttpNotFound,

    /// <summary>Answers HTTP 503, as a proxy whose server is away.</summary>
    HttpUnavailable,

    /// <summary>The message is there, the trailers are not.</summary>
    NoTrailers,

    /// <summary>The trailers have a status that is no number.</summary>
    StatusIsNoNumber,

    /// <summary>Ends with gRPC's status 13 and a percent-encoded message in the trailers.</summary>
    InternalError,

    /// <summary>Ends with gRPC's status 14 in the headers, without a body.</summary>
    Unavailable,

    /// <summary>Ends with gRPC's status 16 in the headers, without a body.</summary>
    Unauthenticated,

    /// <summary>The message claims 4 GiB.</summary>
    HugeLength,

    /// <summary>The message claims 200 MB, which is allowed, and ends after a few bytes.</summary>
    LongLength,

    /// <summary>The message is a byte shorter than it claims.</summary>
    ShortMessage,

    /// <summary>The frame's header is cut.</summary>
    ShortHeader,

    /// <summary>There are bytes after the message.</summary>
    MoreThanOneMessage,

    /// <summary>Ends well without a message.</summary>
    Empty,

    /// <summary>The message is marked as compressed.</summary>
    Compressed,

    /// <summary>The message is no protobuf.</summary>
    NotProtobuf,

    /// <summary>The message has no Milvus status.</summary>
    NoMilvusStatus,

    /// <summary>Milvus' own status says that it is not ready.</summary>
    NotReady,

    /// <summary>Milvus' own status says that there are too many calls.</summary>
    RateLimited,
}
