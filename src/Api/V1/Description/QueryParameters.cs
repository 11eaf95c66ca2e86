using ImageSearch.Api.V1.Audit;
using ImageSearch.Api.V1.Backups;
using ImageSearch.Api.V1.Duplicates;
using ImageSearch.Api.V1.Imports;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Keys;
using ImageSearch.Api.V1.Reembedding;
using ImageSearch.Api.V1.Requests;
using ImageSearch.Api.V1.Search;
using ImageSearch.Api.V1.Tables;
using ImageSearch.Filtering;
using static ImageSearch.Api.V1.Description.QueryParameter;

namespace ImageSearch.Api.V1.Description;

/// <summary>The parameters of each call. A test compares them with those that the calls accept.</summary>
internal static class QueryParameters
{
    private static readonly QueryParameter Filter = Text("filter", FilterParser.MaxLength, "Only items that match, see docs/filters.md.");
    private static readonly QueryParameter Cursor = Text("cursor", Requests.Cursor.MaxLength, "next_cursor of the page before, with the same request.");
    private static readonly QueryParameter Fields = Text("fields", null, "The fields to return, separated by commas; all by default. id always is.");
    private static readonly QueryParameter OnExistingKey = Word<KeyRule>(
        "on_existing_key", null, "What happens to an item whose key is there; by default what the table says.");
    private static readonly QueryParameter OnDuplicate = Word<DuplicateRule>(
        "on_duplicate", null, "What happens to a picture that another item has, or almost; by default what the table says.");
    private static readonly QueryParameter DuplicateFrom = Number(
        "duplicate_score", DuplicateScore.Min, DuplicateScore.Max, "The score from which a picture is a duplicate; by default what the table says.");

    /// <summary>A list of tables.</summary>
    public static IReadOnlyList<QueryParameter> Tables { get; } =
    [
        Integer(
            "limit", 1, ITableListGrain.MaxCount, TableListEndpoints.DefaultLimit,
            $"Maximum number of tables; at most {TableListEndpoints.MaxLimitWithSizes} with sizes."),
        Cursor,
        Boolean("sizes", "Whether tables have the numbers of their rows and bytes."),
    ];

    /// <summary>A list of items.</summary>
    public static IReadOnlyList<QueryParameter> Items { get; } =
    [
        Filter,
        Text("order_by", OrderBy.MaxLength, "id, created, modified, key, product_id or an indexed attribute, optionally with asc or desc.", "id"),
        Integer("limit", 1, ItemListQuery.MaxCount, ItemListEndpoints.DefaultLimit, "Maximum number of items."),
        Cursor,
        Fields,
        Boolean("vector", "Whether items have their vectors."),
    ];

    /// <summary>An export.</summary>
    public static IReadOnlyList<QueryParameter> Export { get; } =
    [
        Boolean("vectors", "Whether lines have the vectors.", initial: true),
        Boolean("pictures", "Whether lines have the thumbnails and pictures that are kept."),
        Filter,
    ];

    /// <summary>An item.</summary>
    public static IReadOnlyList<QueryParameter> Item { get; } = [Boolean("vector", "Whether the item has its vectors.")];

    /// <summary>The fields of an item whose picture is the body.</summary>
    public static IReadOnlyList<QueryParameter> ItemFields { get; } =
    [
        Text("product_id", PictureTexts.MaxProductIdLength, "With a picture as the body: the product."),
        Text("path", PictureTexts.MaxFilePathLength, "With a picture as the body: where the picture is."),
        Text("tags", PictureTexts.MaxTagsLength, "With a picture as the body: tags."),
        Text("brief", PictureTexts.MaxBriefLength, "With a picture as the body: a short text."),
        Text("attributes", AttributeInput.MaxJsonBytes, "With a picture as the body: a JSON object by the table's schema."),
    ];

    /// <summary>A put of an item.</summary>
    public static IReadOnlyList<QueryParameter> PutItem { get; } =
    [
        OnExistingKey,
        OnDuplicate,
        DuplicateFrom,
        .. ItemFields,
    ];

    /// <summary>A search by a picture that is the body.</summary>
    public static IReadOnlyList<QueryParameter> SearchByBody { get; } =
    [
        Text("region", null, "With a picture as the body: a JSON object with x1, y1, x2, y2 and unit."),
        Integer(
            "limit", 1, PictureQuery.MaxTopK, SearchRequest.DefaultLimit,
            $"With a picture as the body: maximum number of hits; at most {SearchRequest.MaxLimitWithVectors} with vectors."),
        Cursor,
        Number("min_score", 0, 1, "With a picture as the body: the smallest score of a hit."),
        Filter,
        Text("group_by", AttributeDefinition.MaxNameLength, "With a picture as the body: product_id or an attribute that is no list."),
        Text("order_by", SearchRequest.MaxOrderByLength, "With a picture as the body: score, optionally a comma and a field for hits of equal score.", "score"),
        Fields,
        Boolean("vectors", "With a picture as the body: whether hits have their vectors."),
        Boolean("explain", "With a picture as the body: whether the answer tells how the search was done."),
        Words("main_object", ["off", "query"], null, "With a picture as the body: the rule for its main object; by default what the table says."),
        Boolean("detect", "With a picture as the body: whether the answer has its size and the box of its main object."),
    ];

    /// <summary>An import.</summary>
    public static IReadOnlyList<QueryParameter> Import { get; } =
    [
        Word<ListErrorRule>("on_error", "stop", "What an invalid line does: it refuses the list, or is a failure of its line."),
        OnExistingKey,
        OnDuplicate,
        DuplicateFrom,
        Boolean("dry_run", "Whether pictures are loaded and embedded, but not stored."),
        Boolean("shared_keys", "Whether a line with an id may have the key of another row, as rows of /api/image/sim/* do."),
        Text("charset", ImportChoicesQuery.MaxCharsetLength, "The charset of names in a ZIP that are not marked as UTF-8, such as gbk."),
        Text("folder", ImportFolder.MaxFolderLength, "A folder of IMAGE_ROOTS or below, whose files are imported instead of a body."),
        Text("pattern", FolderQuery.MaxPatternLength, "Of a folder: which files by their relative path, such as **/*.jpg; all pictures by default."),
        Word<FolderKey>("key", "path", "Of a folder: what the key of a file is."),
    ];

    /// <summary>A list of imports.</summary>
    public static IReadOnlyList<QueryParameter> Imports { get; } =
    [
        Text("table", TableName.MaxLength, "Only imports into this table."),
        Word<ImportState>("state", null, "Only imports in this state."),
        Integer("limit", 1, ImportListQuery.MaxCount, ImportListEndpoints.DefaultLimit, "Maximum number of imports."),
        Cursor,
    ];

    /// <summary>A search for duplicates.</summary>
    public static IReadOnlyList<QueryParameter> DuplicateSearch { get; } =
    [
        Number("min_score", DuplicateScore.Min, DuplicateScore.Max, "The smallest score of two pictures that are duplicates.", DuplicateScore.Default),
    ];

    /// <summary>Groups of duplicates.</summary>
    public static IReadOnlyList<QueryParameter> Duplicates { get; } =
    [
        .. DuplicateSearch,
        Integer("limit", 1, DuplicateQuery.MaxCount, DuplicateEndpoints.DefaultLimit, "Maximum number of groups."),
        Cursor,
    ];

    /// <summary>A list of backups.</summary>
    public static IReadOnlyList<QueryParameter> Backups { get; } =
    [
        Integer("limit", 1, BackupListQuery.MaxCount, BackupListEndpoints.DefaultLimit, "Maximum number of backups."),
        Cursor,
    ];

    /// <summary>A list of keys.</summary>
    public static IReadOnlyList<QueryParameter> Keys { get; } =
        [Integer("limit", 1, IApiKeyGrain.MaxCount - 1, KeyListEndpoints.DefaultLimit, "Maximum number of keys."), Cursor];

    /// <summary>The audit.</summary>
    public static IReadOnlyList<QueryParameter> Audit { get; } =
        [Integer("limit", 1, IAuditGrain.MaxCount - 1, AuditEndpoints.DefaultLimit, "Maximum number of entries."), Cursor];

    /// <summary>The failures of a change of model.</summary>
    public static IReadOnlyList<QueryParameter> ReembedFailures { get; } =
    [
        Integer("limit", 1, ITableReembedGrain.MaxFailuresPerPage, ReembedEndpoints.DefaultLimit, "Maximum number of failures."),
        Cursor,
    ];

    /// <summary>The names of parameters, which a call accepts.</summary>
    public static string[] NamesOf(IReadOnlyList<QueryParameter> parameters) => [.. parameters.Select(parameter => parameter.Name)];

    /// <summary>The parameters of a call.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path below /v1 with its names in braces.</param>
    public static IReadOnlyList<QueryParameter> Of(string method, string path) => (method, path) switch
    {
        ("GET", "tables") => Tables,
        ("GET", "tables/{table}/items") => Items,
        ("GET", "imports") => Imports,
        ("GET", "backups") => Backups,
        ("GET", "keys") => Keys,
        ("GET", "audit") => Audit,
        ("GET", "tables/{table}/reembed/failures") => ReembedFailures,
        ("GET", "tables/{table}/export") => Export,
        ("GET", "tables/{table}/items/{key}" or "tables/{table}/rows/{id}") => Item,
        ("PUT", "tables/{table}/items/{key}") => PutItem,
        ("PATCH", "tables/{table}/items/{key}") or ("PUT" or "PATCH", "tables/{table}/rows/{id}") => ItemFields,
        ("POST", "tables/{table}/search") => SearchByBody,
        ("POST", "tables/{table}/imports") => Import,
        ("GET", "tables/{table}/duplicates") => Duplicates,
        ("POST", "tables/{table}/duplicates") => DuplicateSearch,
        _ => [],
    };
}
