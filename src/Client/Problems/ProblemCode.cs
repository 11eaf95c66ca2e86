namespace ImageSearch.Client.Problems;

/// <summary>The codes of problems. docs/api.md says what to do about each.</summary>
public static class ProblemCode
{
    /// <summary>The request is malformed (HTTP 400).</summary>
    public const string RequestInvalid = "request_invalid";

    /// <summary>The table's name is invalid (HTTP 400).</summary>
    public const string TableNameInvalid = "table_name_invalid";

    /// <summary>The filter is invalid (HTTP 400).</summary>
    public const string FilterInvalid = "filter_invalid";

    /// <summary>The cursor belongs to another request (HTTP 400).</summary>
    public const string CursorInvalid = "cursor_invalid";

    /// <summary>The text is not base64 (HTTP 400).</summary>
    public const string Base64Invalid = "base64_invalid";

    /// <summary>The bytes are not a picture of a supported type (HTTP 400).</summary>
    public const string PictureTypeUnknown = "picture_type_unknown";

    /// <summary>The picture has too many pixels (HTTP 400).</summary>
    public const string PictureTooLarge = "picture_too_large";

    /// <summary>The picture needs too much memory to decode (HTTP 400).</summary>
    public const string PictureTooLargeToDecodeWhole = "picture_too_large_to_decode_whole";

    /// <summary>The picture is too wide or too high (HTTP 400).</summary>
    public const string PictureSideTooLong = "picture_side_too_long";

    /// <summary>The picture's file is incomplete (HTTP 400).</summary>
    public const string PictureTruncated = "picture_truncated";

    /// <summary>The picture's file is corrupt (HTTP 400).</summary>
    public const string PictureCorrupt = "picture_corrupt";

    /// <summary>The model returns no vector for the picture (HTTP 400).</summary>
    public const string PictureHasNoVector = "picture_has_no_vector";

    /// <summary>The picture takes too long to decode (HTTP 400).</summary>
    public const string PictureTooCostly = "picture_too_costly";

    /// <summary>The URL is invalid (HTTP 400).</summary>
    public const string UrlInvalid = "url_invalid";

    /// <summary>The URL leads to an address that is not allowed (HTTP 400).</summary>
    public const string UrlForbidden = "url_forbidden";

    /// <summary>The URL can't be fetched (HTTP 400).</summary>
    public const string UrlUnreachable = "url_unreachable";

    /// <summary>The file at the URL is too large (HTTP 400).</summary>
    public const string UrlTooLarge = "url_too_large";

    /// <summary>The URL did not answer in time (HTTP 400).</summary>
    public const string UrlTimeout = "url_timeout";

    /// <summary>The server's file is missing or not below IMAGE_ROOTS (HTTP 400).</summary>
    public const string PathDenied = "path_denied";

    /// <summary>The token or API key is wrong, expired or missing (HTTP 401).</summary>
    public const string TokenInvalid = "token_invalid";

    /// <summary>The request comes from a foreign web page or host name (HTTP 403).</summary>
    public const string OriginForbidden = "origin_forbidden";

    /// <summary>The API key may not do this (HTTP 403).</summary>
    public const string KeyForbidden = "key_forbidden";

    /// <summary>No table has the name (HTTP 404).</summary>
    public const string TableNotFound = "table_not_found";

    /// <summary>The table was dropped during the call (HTTP 404).</summary>
    public const string TableDropped = "table_dropped";

    /// <summary>No item has the key or id (HTTP 404).</summary>
    public const string ItemNotFound = "item_not_found";

    /// <summary>No row has the id (HTTP 404).</summary>
    public const string IdNotFound = "id_not_found";

    /// <summary>The file of the picture is not kept (HTTP 404).</summary>
    public const string PictureNotKept = "picture_not_kept";

    /// <summary>No import has the id, or it accepts no more pictures (HTTP 404).</summary>
    public const string ImportNotFound = "import_not_found";

    /// <summary>No search for duplicates is kept that could be read (HTTP 404).</summary>
    public const string DuplicatesNotFound = "duplicates_not_found";

    /// <summary>No backup has the name (HTTP 404).</summary>
    public const string BackupNotFound = "backup_not_found";

    /// <summary>No API key has the id (HTTP 404).</summary>
    public const string KeyNotFound = "key_not_found";

    /// <summary>The table's model was never changed, or no change runs (HTTP 404).</summary>
    public const string ReembedNotFound = "reembed_not_found";

    /// <summary>The service has no such path (HTTP 404).</summary>
    public const string PathNotFound = "path_not_found";

    /// <summary>The path does not have the method (HTTP 405).</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>The body did not arrive in time (HTTP 408).</summary>
    public const string BodyTooSlow = "body_too_slow";

    /// <summary>An item has the key already (HTTP 409).</summary>
    public const string ItemExists = "item_exists";

    /// <summary>Another item has the picture, or almost (HTTP 409).</summary>
    public const string DuplicatePicture = "duplicate_picture";

    /// <summary>The table has another model (HTTP 409).</summary>
    public const string ModelMismatch = "model_mismatch";

    /// <summary>The service makes no backups (HTTP 409).</summary>
    public const string BackupUnavailable = "backup_unavailable";

    /// <summary>A backup has the name already (HTTP 409).</summary>
    public const string BackupExists = "backup_exists";

    /// <summary>Another backup is being written (HTTP 409).</summary>
    public const string BackupRunning = "backup_running";

    /// <summary>The table, or all tables of the API key, have as many rows as max_rows allows (HTTP 409).</summary>
    public const string QuotaReached = "quota_reached";

    /// <summary>The service or the API key has as many tables as it may (HTTP 409).</summary>
    public const string TableLimitReached = "table_limit_reached";

    /// <summary>The service has no token, so there are no API keys (HTTP 409).</summary>
    public const string TokenNotSet = "token_not_set";

    /// <summary>The table's pictures are being embedded by another model (HTTP 409).</summary>
    public const string ReembedRunning = "reembed_running";

    /// <summary>If-Match or If-None-Match does not hold (HTTP 412).</summary>
    public const string ConditionFailed = "condition_failed";

    /// <summary>The body is too large (HTTP 413).</summary>
    public const string BodyTooLarge = "body_too_large";

    /// <summary>The content type is not one of the call's (HTTP 415).</summary>
    public const string MediaTypeUnsupported = "media_type_unsupported";

    /// <summary>Too many wrong tokens came from the address (HTTP 429).</summary>
    public const string TooManyTries = "too_many_tries";

    /// <summary>The API key makes more calls than its rate allows (HTTP 429).</summary>
    public const string RateExceeded = "rate_exceeded";

    /// <summary>The service failed (HTTP 500).</summary>
    public const string Internal = "internal";

    /// <summary>The service is overloaded (HTTP 503).</summary>
    public const string Busy = "busy";

    /// <summary>The catalog's database or object store is unreachable (HTTP 503).</summary>
    public const string CatalogUnavailable = "catalog_unavailable";

    /// <summary>The vector store is unreachable (HTTP 503).</summary>
    public const string VectorStoreUnavailable = "vector_store_unavailable";
}
