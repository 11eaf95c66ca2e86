namespace ImageSearch;

/// <summary>Why a call could not be served. On the wire the names are written in snake case.</summary>
[GenerateSerializer]
public enum FailureCode
{
    /// <summary>The request's form is wrong: a missing field, JSON that does not parse, a number out of its range.</summary>
    RequestInvalid,

    /// <summary>The table's name breaks the rule of <see cref="TableName"/>.</summary>
    TableNameInvalid,

    /// <summary>There is no table of that name.</summary>
    TableNotFound,

    /// <summary>The table was dropped while the call was under way.</summary>
    TableDropped,

    /// <summary>There is no row with that id.</summary>
    IdNotFound,

    /// <summary>The table was made with another model than the one the service runs.</summary>
    ModelMismatch,

    /// <summary>The bytes are no picture of an allowed type.</summary>
    PictureTypeUnknown,

    /// <summary>The picture's width times height is over the limit.</summary>
    PictureTooLarge,

    /// <summary>A progressive, interlaced or AVIF picture, which must be decoded whole, needs more memory than there is.</summary>
    PictureTooLargeToDecodeWhole,

    /// <summary>A side of the picture is over the limit.</summary>
    PictureSideTooLong,

    /// <summary>The picture's file ends too early.</summary>
    PictureTruncated,

    /// <summary>The picture's file is damaged.</summary>
    PictureCorrupt,

    /// <summary>The network gave no usable vector for the picture.</summary>
    PictureHasNoVector,

    /// <summary>The base64 text does not decode.</summary>
    Base64Invalid,

    /// <summary>The URL is not one that the service fetches.</summary>
    UrlInvalid,

    /// <summary>The URL leads to an address that is not allowed.</summary>
    UrlForbidden,

    /// <summary>The URL could not be fetched.</summary>
    UrlUnreachable,

    /// <summary>The file behind the URL is larger than the limit.</summary>
    UrlTooLarge,

    /// <summary>Fetching the URL took longer than the limit.</summary>
    UrlTimeout,

    /// <summary>The server's file is missing or not within the configured roots (the answer is the same for both).</summary>
    PathDenied,

    /// <summary>The service has more work than it takes on.</summary>
    Busy,

    /// <summary>The catalog can't be reached.</summary>
    CatalogUnavailable,

    /// <summary>The vector store can't be reached.</summary>
    VectorStoreUnavailable,

    /// <summary>A fault of the service itself; the log has the details.</summary>
    Internal,

    /// <summary>There is no import with that id, or it takes no more pictures.</summary>
    ImportNotFound,

    /// <summary>Decoding and embedding the picture took more time than one picture may have.</summary>
    PictureTooDear,

    /// <summary>There are as many tables as the setting MAX_TABLES allows.</summary>
    TableLimitReached,
}
