namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>The response of <see cref="FaultyMilvus"/> to a call.</summary>
public enum WireFault
{
    /// <summary>A valid response.</summary>
    None,

    /// <summary>No response.</summary>
    Hangs,

    /// <summary>The headers and half of the message, and then nothing.</summary>
    HangsMidAnswer,

    /// <summary>A reset of the connection instead of a response.</summary>
    Resets,

    /// <summary>A reset of the connection after half of the message.</summary>
    ResetsMidAnswer,

    /// <summary>A reset of the stream only.</summary>
    ResetsStream,

    /// <summary>Bytes that are not HTTP/2.</summary>
    Garbage,

    /// <summary>A response of type text/html.</summary>
    WrongContentType,

    /// <summary>HTTP 404.</summary>
    HttpNotFound,

    /// <summary>HTTP 503, like a proxy whose server is down.</summary>
    HttpUnavailable,

    /// <summary>A message without trailers.</summary>
    NoTrailers,

    /// <summary>Trailers with a status that is not a number.</summary>
    StatusIsNotANumber,

    /// <summary>gRPC status 13 and a percent-encoded message in the trailers.</summary>
    InternalError,

    /// <summary>gRPC status 14 in the headers, without a body.</summary>
    Unavailable,

    /// <summary>gRPC status 16 in the headers, without a body.</summary>
    Unauthenticated,

    /// <summary>A message that announces 4 GiB.</summary>
    HugeLength,

    /// <summary>A message that announces 200 MB, which is allowed, and ends after a few bytes.</summary>
    LongLength,

    /// <summary>A message that is one byte shorter than announced.</summary>
    ShortMessage,

    /// <summary>A truncated frame header.</summary>
    ShortHeader,

    /// <summary>Bytes after the message.</summary>
    MoreThanOneMessage,

    /// <summary>Status 0 without a message.</summary>
    Empty,

    /// <summary>A message with the compression flag.</summary>
    Compressed,

    /// <summary>A message that is not protobuf.</summary>
    NotProtobuf,

    /// <summary>A message without a Milvus status.</summary>
    NoMilvusStatus,

    /// <summary>Milvus' status for a server that is not ready.</summary>
    NotReady,

    /// <summary>Milvus' status for too many calls.</summary>
    RateLimited,
}
