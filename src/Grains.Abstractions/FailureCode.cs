namespace ImageSearch;

/// <summary>Why a call failed. In JSON the names are written in snake case.</summary>
[GenerateSerializer]
public enum FailureCode
{
    /// <summary>The request is malformed: a missing field, invalid JSON, a number out of range.</summary>
    RequestInvalid,

    /// <summary>The table name is not a valid <see cref="TableName"/>.</summary>
    TableNameInvalid,

    /// <summary>No table has that name.</summary>
    TableNotFound,

    /// <summary>The table was dropped during the call.</summary>
    TableDropped,

    /// <summary>No row has that id.</summary>
    IdNotFound,

    /// <summary>The table was created with another model than the service runs.</summary>
    ModelMismatch,

    /// <summary>The bytes are not a picture of an allowed type.</summary>
    PictureTypeUnknown,

    /// <summary>The picture's number of pixels exceeds the limit.</summary>
    PictureTooLarge,

    /// <summary>A progressive, interlaced or AVIF picture, which must be decoded as a whole, needs more memory than is available.</summary>
    PictureTooLargeToDecodeWhole,

    /// <summary>The picture's width or height exceeds the limit.</summary>
    PictureSideTooLong,

    /// <summary>The picture's file is truncated.</summary>
    PictureTruncated,

    /// <summary>The picture's file is corrupt.</summary>
    PictureCorrupt,

    /// <summary>The model returned no usable vector for the picture.</summary>
    PictureHasNoVector,

    /// <summary>The text is not valid base64.</summary>
    Base64Invalid,

    /// <summary>The URL is invalid or of a kind that the service does not fetch.</summary>
    UrlInvalid,

    /// <summary>The URL resolves to an address that is not allowed.</summary>
    UrlForbidden,

    /// <summary>The URL could not be fetched.</summary>
    UrlUnreachable,

    /// <summary>The file at the URL exceeds the size limit.</summary>
    UrlTooLarge,

    /// <summary>Fetching the URL timed out.</summary>
    UrlTimeout,

    /// <summary>The server's file is missing or outside the configured roots; clients can't tell which.</summary>
    PathDenied,

    /// <summary>The service is overloaded.</summary>
    Busy,

    /// <summary>The catalog is unreachable.</summary>
    CatalogUnavailable,

    /// <summary>The vector store is unreachable.</summary>
    VectorStoreUnavailable,

    /// <summary>An internal error; details are in the log.</summary>
    Internal,

    /// <summary>No import has that id, or it accepts no more pictures.</summary>
    ImportNotFound,

    /// <summary>Decoding and embedding the picture exceeded the time limit for one picture.</summary>
    PictureTooCostly,

    /// <summary>The number of tables has reached the setting MAX_TABLES.</summary>
    TableLimitReached,

    /// <summary>No item has that key or id.</summary>
    ItemNotFound,

    /// <summary>An item has the key already.</summary>
    ItemExists,

    /// <summary>A condition of the request does not hold, such as If-Match.</summary>
    ConditionFailed,

    /// <summary>The number of rows has reached the table's quota.</summary>
    QuotaReached,

    /// <summary>The filter is invalid; the message names the position.</summary>
    FilterInvalid,

    /// <summary>A cursor is not one of this search or list.</summary>
    CursorInvalid,

    /// <summary>No search for duplicates is kept that the call could read.</summary>
    DuplicatesNotFound,
}
