using System.Collections.Frozen;

namespace ImageSearch.Api.V1.Problems;

/// <summary>All kinds of errors of <c>/v1</c>. docs/api.md has the same table, which a test compares.</summary>
internal static class ProblemKinds
{
    public const string TokenInvalid = "token_invalid";
    public const string Forbidden = "origin_forbidden";
    public const string PathNotFound = "path_not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string BodyTooSlow = "body_too_slow";
    public const string BodyTooLarge = "body_too_large";
    public const string MediaTypeUnsupported = "media_type_unsupported";
    public const string TooManyTries = "too_many_tries";

    /// <summary>The kinds, by status and meaning. Each <see cref="FailureCode"/> has one.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        new("request_invalid", 400, "The request is malformed", "Correct the field that the problem names."),
        new("table_name_invalid", 400, "The table's name is invalid", "Use a letter or underscore, then letters, digits or underscores, at most 48 in all."),
        new("filter_invalid", 400, "The filter is invalid", "Correct it at the position that the detail names."),
        new("cursor_invalid", 400, "The cursor belongs to another request", "Send the request that returned the cursor, or begin without one."),
        new("base64_invalid", 400, "The text is not base64", "Send the file's bytes as base64."),
        new("picture_type_unknown", 400, "The bytes are not a picture of a supported type", "Send JPEG, PNG, WebP or GIF; docs/pictures.md lists all types."),
        new("picture_too_large", 400, "The picture has too many pixels", "Send a smaller picture."),
        new("picture_too_large_to_decode_whole", 400, "The picture needs too much memory to decode", "Send it as a baseline JPEG or smaller."),
        new("picture_side_too_long", 400, "The picture is too wide or too high", "Send a smaller picture."),
        new("picture_truncated", 400, "The picture's file is incomplete", "Send the whole file."),
        new("picture_corrupt", 400, "The picture's file is corrupt", "Save the picture again."),
        new("picture_has_no_vector", 400, "The model returns no vector for the picture", "Send another picture."),
        new("picture_too_costly", 400, "The picture takes too long to decode", "Send a smaller or simpler file."),
        new("url_invalid", 400, "The URL is invalid", "Send an http:// or https:// URL."),
        new("url_forbidden", 400, "The URL leads to an address that is not allowed", "Use a public address, or add the host to the setting FETCH_ALLOW."),
        new("url_unreachable", 400, "The URL can't be fetched", "Check that the URL returns the picture with status 200."),
        new("url_too_large", 400, "The file at the URL is too large", "Use a smaller file."),
        new("url_timeout", 400, "The URL did not answer in time", "Send the request again, or upload the picture."),
        new("path_denied", 400, "The server's file is missing or not below IMAGE_ROOTS", "Check the path and the setting IMAGE_ROOTS."),
        new(TokenInvalid, 401, "The token or API key is wrong, expired or missing", "Send the service's token or a key in the header token."),
        new(Forbidden, 403, "The request comes from a foreign web page or host name", "Call from a server, set ALLOWED_HOSTS, or set TOKEN."),
        new("key_forbidden", 403, "The API key may not do this", "GET /v1/keys/self says what the key may do; use another key, or TOKEN."),
        new("table_not_found", 404, "No table has the name", "Create it with PUT /v1/tables/{table}."),
        new("table_dropped", 404, "The table was dropped during the call", "Create it and send the request again."),
        new("item_not_found", 404, "No item has the key or id", "Check the key; GET /v1/tables/{table}/items lists items."),
        new("id_not_found", 404, "No row has the id", "Check the id."),
        new("picture_not_kept", 404, "The requested file of the item's picture is not kept", "Set KEEP_PICTURES and keep_pictures of the table, then put the picture again."),
        new("import_not_found", 404, "No import has the id, or it accepts no more pictures", "Begin an import with POST /v1/tables/{table}/imports."),
        new("duplicates_not_found", 404, "No search for duplicates is kept that could be read", "Start one with POST /v1/tables/{table}/duplicates."),
        new("backup_not_found", 404, "No backup has the name", "Check the name; GET /v1/backups lists backups."),
        new("key_not_found", 404, "No API key has the id", "GET /v1/keys lists all."),
        new("reembed_not_found", 404, "The table's model was never changed, or no change runs", "Begin one with POST /v1/tables/{table}/reembed."),
        new(PathNotFound, 404, "The service has no such path", "See /docs for all calls."),
        new(MethodNotAllowed, 405, "The path does not have the method", "Use a method of the header Allow."),
        new(BodyTooSlow, 408, "The body did not arrive in time", "Send the request again over a faster connection."),
        new("item_exists", 409, "An item has the key already", "Use another key, or on_existing_key replace or skip."),
        new("duplicate_picture", 409, "The table has the picture already, or almost the same one", "Keep the item that the detail names, or add the picture with on_duplicate allow."),
        new("model_mismatch", 409, "The table has another model", "Use a table of this model, or a service that runs the table's model."),
        new("backup_unavailable", 409, "The service makes no backups", "Set BACKUP_PATH and free disk space; a catalog in MySQL is backed up by its own tools (docs/backup.md)."),
        new("backup_exists", 409, "A backup has the name already", "Choose another name, or remove that backup."),
        new("backup_running", 409, "Another backup is being written", "Wait until it ends, or cancel it."),
        new("quota_reached", 409, "The table, or all tables of the API key, have as many rows as max_rows allows", "Delete items, or raise max_rows."),
        new("table_limit_reached", 409, "The service has as many tables as MAX_TABLES allows, or the API key as its max_tables", "Delete a table, or raise the bound."),
        new("token_not_set", 409, "The service has no TOKEN, so everyone may do everything", "Set TOKEN and start the service again; then keys can be made."),
        new("reembed_running", 409, "The table's pictures are being embedded by another model", "Wait until that ends, or cancel it with DELETE."),
        new("condition_failed", 412, "If-Match or If-None-Match does not hold", "Get the current state, and send the change again with its ETag."),
        new(BodyTooLarge, 413, "The body is too large", "Send a smaller picture, or less in one call."),
        new(MediaTypeUnsupported, 415, "The content type is not one of the call's", "Send application/json, multipart/form-data or image/*."),
        new(TooManyTries, 429, "Too many wrong tokens came from the address", "Correct the token and wait for the seconds of Retry-After."),
        new("rate_exceeded", 429, "The API key makes more calls than its rate allows", "Send the request again after the seconds of Retry-After."),
        new("internal", 500, "The service failed", "Send the request again; the service's log has the reason."),
        new("busy", 503, "The service is overloaded", "Send the request again after the seconds of Retry-After."),
        new("catalog_unavailable", 503, "The catalog's database or object store is unreachable", "Send the request again after the seconds of Retry-After."),
        new("vector_store_unavailable", 503, "The vector store is unreachable", "Send the request again after the seconds of Retry-After."),
    ];

    private static readonly FrozenDictionary<string, ProblemKind> ByCode = All.ToFrozenDictionary(kind => kind.Code, StringComparer.Ordinal);

    /// <summary>The kind with this code, or null.</summary>
    public static ProblemKind? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The kind of a failure.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="statusCode">The status that HTTP itself sets; null for the kind's own.</param>
    public static ProblemKind Of(Failure failure, int? statusCode) => ByCode[statusCode switch
    {
        StatusCodes.Status408RequestTimeout => BodyTooSlow,
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => MediaTypeUnsupported,
        StatusCodes.Status429TooManyRequests when failure.Code != FailureCode.RateExceeded => TooManyTries,
        _ => Outcome.Of(failure.Code),
    }];

    /// <summary>The kind of a status that no endpoint set.</summary>
    public static ProblemKind OfStatus(int statusCode) => ByCode[statusCode switch
    {
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status404NotFound => PathNotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status415UnsupportedMediaType => MediaTypeUnsupported,
        >= 500 => "internal",
        _ => "request_invalid",
    }];
}
