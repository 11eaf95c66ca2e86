using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>
/// Every error that a client can cause. The table <c>{T}</c> has the attributes price, a number, and colours, a list, and an item <c>there</c>;
/// <c>{F}</c> is a table that is full, <c>{S}</c> the address of a shop.
/// </summary>
internal static class ErrorCases
{
    private const string NoImport = "00000000000000000000000000000000";

    private static readonly string Picture = GoldenPicture.Arrow.Base64();

    public static IReadOnlyList<ErrorCase> All { get; } =
    [
        .. Tables(), .. Items(), .. Pictures(), .. Lists(), .. Batches(), .. Operations(), .. Searches(), .. Queries(), .. Duplicates(), .. Keys(),
        .. Reembedding(), .. Others(),
    ];

    private static IEnumerable<ErrorCase> Tables()
    {
        const string New = "/v1/tables/errors_new";
        yield return new("PUT", "/v1/tables/1x", new { }, 400, "table_name_invalid", "table", "1x", "at most 48");
        yield return new("GET", "/v1/tables/nowhere", null, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return new("PATCH", "/v1/tables/nowhere", new { }, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return new("DELETE", "/v1/tables/nowhere", null, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return Invalid("PUT", New, new { colour = 1 }, "colour", null, "metric, on_existing_key");
        yield return Invalid("PUT", New, new { metric = "l3" }, "metric", "l3", "l2, ip, cosine");
        yield return Invalid("PUT", New, new { metric = 3 }, "metric", "3", "l2, ip, cosine");
        yield return Invalid("PUT", New, new { on_existing_key = "never" }, "on_existing_key", "never", "replace, skip, fail");
        yield return Invalid("PUT", New, new { main_object = "on" }, "main_object", "on", "off, query, both");
        yield return Invalid("PUT", New, new { keep_pictures = "some" }, "keep_pictures", "some", "none, thumbnail, original");
        yield return Invalid("PUT", New, new { keep_pictures = "original" }, "keep_pictures", "original", "no more than the setting KEEP_PICTURES");
        yield return Invalid("PATCH", "/v1/tables/{T}", new { keep_pictures = "original" }, "keep_pictures", "original", "no more than the setting KEEP_PICTURES");
        yield return Invalid("PUT", New, new { max_rows = 0 }, "max_rows", "0", "from 1 to 1000000000000");
        yield return Invalid("PUT", New, new { max_rows = 1.5 }, "max_rows", "1.5", "a whole number");
        yield return Invalid("PUT", New, new { model = new { name = "m" } }, "model.version", null, "version");
        yield return Invalid("PUT", New, new { attributes = 1 }, "attributes", "1", "at most 64 objects");
        yield return Invalid("PUT", New, new { attributes = List(1) }, "attributes[0]", "1", "an object");
        yield return Invalid(
            "PUT", New, new { attributes = new[] { Attribute("id", "string") } }, "attributes[0].name", "id", "not a field");
        yield return Invalid(
            "PUT", New, new { attributes = new[] { Attribute("a b", "string") } }, "attributes[0].name", "a b", "at most 64");
        yield return Invalid("PUT", New, new { attributes = new[] { Attribute("a", "int") } }, "attributes[0].type", "int", "number");
        yield return Invalid(
            "PUT", New, new { attributes = new[] { Attribute("a", "date"), Attribute("a", "date") } }, "attributes[1].name", "a", "no other");
        yield return Invalid(
            "PUT", New, new { attributes = Enumerable.Range(0, 65).Select(i => Attribute($"a{i}", "date")) }, "attributes", "more than 64", "at most 64");
        yield return Invalid("PUT", New, new { on_duplicate = "never" }, "on_duplicate", "never", "allow, reject, return");
        yield return Invalid("PUT", New, new { duplicate_score = 0.5 }, "duplicate_score", "0.5", "from 0.9 to 1");
        yield return Invalid("PUT", New, "{", "the body", null, "a JSON object");
        yield return Invalid("PUT", New, "[1]", "the body", null, "a JSON object");
        yield return new(
            "PUT", New, "hello", 415, "media_type_unsupported", "Content-Type", "text/plain", "application/json")
        {
            ContentType = "text/plain",
        };
        yield return new("PUT", New, new string(' ', (1024 * 1024) + 1) + "{}", 413, "body_too_large", "the body", "bytes", "at most 1 MB");
        yield return new(
            "PUT", "/v1/tables/{T}", new { model = new { name = "m", version = "1", dimension = 3 } }, 409, "model_mismatch", "model", "m 1", "512");
        yield return new("PUT", "/v1/tables/{T}", new { }, 412, "condition_failed", "If-None-Match", "*", "only where nothing") { Header = ("If-None-Match", "*") };
        yield return new("PUT", "/v1/tables/{T}", new { }, 412, "condition_failed", "If-Match", "old", "the present state") { Header = ("If-Match", "\"old\"") };
        yield return Invalid("PUT", "/v1/tables/{T}", new { }, "If-Match", "old", "ETags") with { Header = ("If-Match", "old") };
        yield return Invalid("PUT", "/v1/tables/{T}", new { }, "If-None-Match", "old", "*") with { Header = ("If-None-Match", "\"old\"") };
        yield return new("DELETE", "/v1/tables/{T}", null, 412, "condition_failed", "If-Match", "old", "the present state") { Header = ("If-Match", "\"old\"") };
        yield return Invalid("GET", "/v1/tables?limit=0", null, "limit", "0", "from 1 to 1000");
        yield return Invalid("GET", "/v1/tables?sizes=maybe", null, "sizes", "maybe", "true or false");
        yield return new("GET", "/v1/tables?cursor=!", null, 400, "cursor_invalid", "cursor", "!", "next_cursor");
        yield return Invalid("GET", "/v1/tables?size=true", null, "size", null, "limit, cursor, sizes");
    }

    private static IEnumerable<ErrorCase> Items()
    {
        const string Path = "/v1/tables/{T}/items/new";
        yield return new("PUT", "/v1/tables/nowhere/items/k", new { image = Picture }, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return Invalid("PUT", Path, new { tags = "a" }, "image", null, "a picture");
        yield return new("PUT", Path, new { image = "%%%%" }, 400, "base64_invalid", "image", null, "base64");
        yield return new("PUT", Path, new { image = "AAAA" }, 400, "picture_type_unknown", "image", null, "docs/pictures.md");
        yield return Invalid("PUT", Path, new { image = Picture, url = "http://a/b.png" }, "url", null, "not both");
        yield return Invalid("PUT", Path, new { server_path = "/a.png", url = "http://a/b.png" }, "server_path", null, "not both");
        yield return new("PUT", Path, new { url = "http://169.254.169.254/latest" }, 400, "url_forbidden", "url", "169.254", "FETCH_ALLOW");
        yield return new("PUT", Path, new { url = "ftp://a/b.png" }, 400, "url_invalid", "url", "ftp://a", "http:// or https://");
        yield return new("PUT", Path, new { server_path = "/etc/passwd" }, 400, "path_denied", "server_path", "/etc/passwd", "IMAGE_ROOTS");
        yield return Invalid("PUT", Path, new { image = Picture, tags = new string('x', 33) }, "tags", "xxx", "at most 32");
        yield return Invalid("PUT", Path, new { image = Picture, brief = new string('x', 501) }, "brief", "xxx", "at most 500");
        yield return Invalid("PUT", Path, new { image = Picture, product_id = new string('x', 256) }, "product_id", "xxx", "at most 255");
        yield return Invalid("PUT", Path, new { image = Picture, path = new string('x', 1001) }, "path", "xxx", "at most 1000");
        yield return Invalid("PUT", Path, new { image = Picture, tags = List("a") }, "tags", "[\"a\"]", "a text");
        yield return Invalid("PUT", Path, new { image = Picture, attributes = new { size = 1 } }, "attributes.size", null, "price, colours");
        yield return Invalid("PUT", Path, new { image = Picture, attributes = new { price = "cheap" } }, "attributes.price", "cheap", "a number");
        yield return Invalid("PUT", Path, new { image = Picture, attributes = 7 }, "attributes", "7", "a JSON object");
        yield return Invalid("PUT", Path, new { image = Picture, region = List(0, 0, 1, 1) }, "region", null, "image, url");
        yield return Invalid("PUT", Path + "?on_existing_key=never", new { image = Picture }, "on_existing_key", "never", "replace");
        yield return Invalid("PUT", Path + "?on_duplicate=never", new { image = Picture }, "on_duplicate", "never", "allow, reject, return");
        yield return Invalid("PUT", Path + "?duplicate_score=2", new { image = Picture }, "duplicate_score", "2", "from 0.9 to 1");
        yield return new(
            "PUT", Path + "?on_duplicate=reject", new { image = GoldenPicture.Flag.Base64() }, 409, "duplicate_picture", "on_duplicate", "reject", "allow");
        yield return Invalid("PUT", Path + "?key=a", new { image = Picture }, "key", null, "on_existing_key");
        yield return Invalid("PUT", "/v1/tables/{T}/items/" + new string('x', 256), new { image = Picture }, "key", "xxx", "255");
        yield return Invalid("PUT", "/v1/tables/{T}/items/%20", new { image = Picture }, "key", null, "255");
        yield return Invalid("GET", "/v1/tables/{T}/items/%FF", null, "key", "%FF", "UTF-8");
        yield return new(
            "PUT", "/v1/tables/{T}/items/there?on_existing_key=fail", new { image = Picture }, 409, "item_exists", "key", "there", "no item has");
        yield return new(
            "PUT", "/v1/tables/{T}/items/there", new { image = Picture }, 412, "condition_failed", "If-None-Match", "*", "only where nothing")
        {
            Header = ("If-None-Match", "*"),
        };
        yield return new("PUT", "/v1/tables/{F}/items/more", new { image = Picture }, 409, "quota_reached", "max_rows", "1", "at most 1");
        yield return new("GET", "/v1/tables/{T}/items/never", null, 404, "item_not_found", "key", "never", "the key of an item");
        yield return new("GET", "/v1/tables/{T}/thumbnails/never", null, 404, "item_not_found", "key", "never", "the key of an item");
        yield return new("GET", "/v1/tables/nowhere/pictures/k", null, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return new("GET", "/v1/tables/{T}/pictures/there", null, 404, "picture_not_kept", "key", "there", "an item whose original is kept");
        yield return new("GET", "/v1/tables/{T}/rows/999999999/thumbnail", null, 404, "item_not_found", "id", "999999999", "the id of an item");
        yield return Invalid("GET", "/v1/tables/{T}/rows/x/picture", null, "id", "x", "a whole number");
        yield return Invalid("GET", "/v1/tables/{T}/items/there?vector=maybe", null, "vector", "maybe", "true or false");
        yield return new("PATCH", "/v1/tables/{T}/items/never", new { tags = "a" }, 404, "item_not_found", "key", "never", "the key of an item");
        yield return new("PATCH", "/v1/tables/{T}/items/never", new { image = Picture }, 404, "item_not_found", "key", "never", "the key of an item");
        yield return new(
            "PATCH", "/v1/tables/{T}/items/there", new { tags = "a" }, 412, "condition_failed", "If-Match", "old", "the present state")
        {
            Header = ("If-Match", "\"old\""),
        };
        yield return new(
            "PATCH", "/v1/tables/{T}/items/there", new { image = Picture }, 412, "condition_failed", "If-Match", "old", "the present state")
        {
            Header = ("If-Match", "\"old\""),
        };
        yield return Invalid("PATCH", "/v1/tables/{T}/items/there", new { attributes = new { size = 1 } }, "attributes.size", null, "price, colours");
        yield return new("DELETE", "/v1/tables/{T}/items/never", null, 404, "item_not_found", "key", "never", "the key of an item");
        yield return new("DELETE", "/v1/tables/{T}/items/there", null, 412, "condition_failed", "If-Match", "old", "the present state") { Header = ("If-Match", "\"old\"") };
        yield return Invalid("GET", "/v1/tables/{T}/rows/abc", null, "id", "abc", "a whole number");
        yield return Invalid("GET", "/v1/tables/{T}/rows/0", null, "id", "0", "1 or more");
        yield return new("GET", "/v1/tables/{T}/rows/999999999", null, 404, "item_not_found", "id", "999999999", "the id of an item");
        yield return new("PUT", "/v1/tables/{T}/rows/999999999", new { image = Picture }, 404, "item_not_found", "id", "999999999", "the id of an item");
    }

    private static IEnumerable<ErrorCase> Pictures()
    {
        const string Path = "/v1/tables/{T}/items/new";
        yield return Bad(PngFile.Black(30_000, 30_000, rows: 1), "picture_too_large", "within the limit");
        yield return Bad(PngFile.Black(200_000, 1, rows: 1), "picture_side_too_long", "within the limit");
        yield return Bad(GoldenPicture.Wine[..(GoldenPicture.Wine.Length / 2)], "picture_truncated", "a whole file");
        yield return Bad(Damaged(GoldenPicture.Flag), "picture_corrupt", "can be decoded");
        yield return new("PUT", Path, new { url = "{S}/missing.png" }, 400, "url_unreachable", "url", "/missing.png", "status 200");
        yield return new("PUT", Path, new { url = "{S}/page.html" }, 400, "picture_type_unknown", "url", "/page.html", "docs/pictures.md");

        static ErrorCase Bad(byte[] picture, string code, string bound) => new("PUT", Path, new { image = picture.Base64() }, 400, code, "image", null, bound);
    }

    private static byte[] Damaged(byte[] picture)
    {
        var copy = picture.ToArray();
        copy.AsSpan(copy.Length / 2, 200).Fill(0x55);
        return copy;
    }

    private static IEnumerable<ErrorCase> Lists()
    {
        yield return new("GET", "/v1/tables/nowhere/items", null, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return Invalid("GET", "/v1/tables/{T}/items?limit=1001", null, "limit", "1001", "from 1 to 1000");
        yield return new("GET", "/v1/tables/{T}/items?filter=price%20%3E", null, 400, "filter_invalid", "filter", "price >", "docs/filters.md");
        yield return new("GET", "/v1/tables/{T}/items?filter=size%20%3E%201", null, 400, "filter_invalid", "filter", "size > 1", "docs/filters.md");
        yield return Invalid("GET", "/v1/tables/{T}/items?order_by=size", null, "order_by", "size", "one of");
        yield return Invalid("GET", "/v1/tables/{T}/items?order_by=colours", null, "order_by", "colours", "indexed attribute");
        yield return Invalid("GET", "/v1/tables/{T}/items?order_by=price%20up", null, "order_by", "price up", "asc or desc");
        yield return new("GET", "/v1/tables/{T}/items?cursor=AAAA", null, 400, "cursor_invalid", "cursor", "AAAA", "next_cursor");
        yield return Invalid("GET", "/v1/tables/{T}/items?fields=colour", null, "fields", "colour", "product_id");
        yield return Invalid("GET", "/v1/tables/{T}/items?order=price", null, "order", null, "order_by");
        yield return Invalid("GET", "/v1/tables/{T}/items?limit=1&limit=2", null, "limit");
    }

    private static IEnumerable<ErrorCase> Batches()
    {
        const string Path = "/v1/tables/{T}/items:batch";
        var delete = new { delete = new { key = "never" } };
        yield return Invalid("POST", Path, new { }, "operations", null, "1 to 256");
        yield return Invalid("POST", Path, new { operations = Enumerable.Repeat(delete, 257) }, "operations", "more than 256", "at most 256");
        yield return Invalid("POST", Path, new { operations = List(1) }, "operations[0]", "1", "an object");
        yield return Invalid(
            "POST", Path, new { operations = new[] { delete } }, "Idempotency-Key", "a b", "255 visible") with
        {
            Header = ("Idempotency-Key", "a b"),
        };
    }

    // Each is the second operation of a batch.
    private static IEnumerable<ErrorCase> Operations()
    {
        yield return Put(new { image = Picture }, 400, "request_invalid", "operations[1].put.key", null, "1 to 255");
        yield return Put(new { key = "..", image = Picture }, 400, "request_invalid", "operations[1].put.key", "..", "other than");
        yield return Put(new { key = "k" }, 400, "request_invalid", "operations[1].put.image", null, "a picture");
        yield return Put(new { key = "k", image = "AAAA" }, 400, "picture_type_unknown", "operations[1].put.image", null, "docs/pictures.md");
        yield return Put(new { key = "k", url = "ftp://a" }, 400, "url_invalid", "operations[1].put.url", "ftp://a", "http://");
        yield return Put(new { key = "k", image = Picture, colour = 1 }, 400, "request_invalid", "operations[1].put.colour", null, "on_existing_key");
        yield return Put(new { key = "k", image = Picture, tags = new string('x', 33) }, 400, "request_invalid", "operations[1].put.tags", "xxx", "at most 32");
        yield return Put(
            new { key = "k", image = Picture, on_existing_key = "never" }, 400, "request_invalid", "operations[1].put.on_existing_key", "never", "replace");
        yield return Put(
            new { key = "k", image = Picture, attributes = new { price = "cheap" } }, 400, "request_invalid", "operations[1].put.attributes.price", "cheap",
            "a number");
        yield return Put(
            new { key = "k", image = Picture, attributes = new { colours = new object[] { "red", 1 } } }, 400, "request_invalid",
            "operations[1].put.attributes.colours[1]", "1", "a string");
        yield return Put(
            new { key = "there", image = Picture, on_existing_key = "fail" }, 409, "item_exists", "operations[1].put.key", "there", "no item has");
        yield return Operation(new { delete = new { key = "never" } }, 404, "item_not_found", "operations[1].delete.key", "never", "the key of an item");
        yield return Operation(new { delete = new { id = 999999999 } }, 404, "item_not_found", "operations[1].delete.id", "999999999", "the id of an item");
        yield return Operation(new { delete = new { id = 0 } }, 400, "request_invalid", "operations[1].delete.id", "0", "from 1");
        yield return Operation(new { delete = new { id = 1, key = "a" } }, 400, "request_invalid", "operations[1].delete.id", null, "not both");
        yield return Operation(new { delete = new { } }, 400, "request_invalid", "operations[1].delete.key", null, "the key of an item");
        yield return Operation(new { }, 400, "request_invalid", "operations[1]", null, "put or delete");
        yield return Operation(new { move = 1 }, 400, "request_invalid", "operations[1].move", null, "put, delete");
        yield return new ErrorCase(
            "POST", "/v1/tables/{F}/items:batch", new { operations = new object[] { new { put = new { key = "one", image = Picture } }, new { put = new { key = "two", image = Picture } } } },
            409, "quota_reached", "max_rows", "1", "at most 1")
        {
            Part = 1,
        };

        static ErrorCase Put(object put, int status, string code, string field, string? value, string bound) =>
            Operation(new { put }, status, code, field, value, bound);

        static ErrorCase Operation(object operation, int status, string code, string field, string? value, string bound) => new(
            "POST", "/v1/tables/{T}/items:batch", new { operations = List<object>(new { put = new { key = "there", image = Picture, on_existing_key = "skip" } }, operation) },
            status, code, field, value, bound)
        {
            Part = 1,
        };
    }

    // Each is the second query of several.
    private static IEnumerable<ErrorCase> Queries()
    {
        yield return Query(new { key = "there" }, 400, "table_name_invalid", "queries[1].table", null, "at most 48");
        yield return Query(new { table = "nowhere", key = "there" }, 404, "table_not_found", "queries[1].table", "nowhere", "the name of a table");
        yield return Query(new { table = "{T}" }, 400, "request_invalid", "queries[1].image", null, "one of image");
        yield return Query(new { table = "{T}", key = "there", limit = 0 }, 400, "request_invalid", "queries[1].limit", "0", "from 1 to 1000");
        yield return Query(new { table = "{T}", key = "there", filter = "price >" }, 400, "filter_invalid", "queries[1].filter", "price >", "docs/filters.md");
        yield return Query(new { table = "{T}", key = "there", order_by = "score, size" }, 400, "request_invalid", "queries[1].order_by", "size", "one of");
        yield return Query(new { table = "{T}", key = "there", group_by = "colours" }, 400, "request_invalid", "queries[1].group_by", "colours", "not a list");
        yield return Query(new { table = "{T}", key = "there", fields = List("colour") }, 400, "request_invalid", "queries[1].fields", "colour", "product_id");
        yield return Query(new { table = "{T}", key = "there", cursor = "AAAA" }, 400, "cursor_invalid", "queries[1].cursor", "AAAA", "next_cursor");
        yield return Query(new { table = "{T}", key = "never" }, 404, "item_not_found", "queries[1].key", "never", "the key of an item");
        yield return Query(new { table = "{T}", vector = List(1, 0) }, 400, "request_invalid", "queries[1].vector", "2 values", "a vector of");
        yield return Query(
            new { table = "{T}", image = Picture, region = new { x1 = 0, y1 = 0, x2 = 90000, y2 = 90000 } }, 400, "request_invalid", "queries[1].region", "90000",
            "a part of the picture");
        yield return Query(
            new { table = "{T}", examples = List<object>(new { key = "there" }, new { vector = List(1, 0) }) }, 400, "request_invalid",
            "queries[1].examples[1].vector", "2 values", "a vector of");
        yield return Query(
            new { table = "{T}", examples = List<object>(new { key = "there" }, new { image = "AAAA" }) }, 400, "picture_type_unknown",
            "queries[1].examples[1].image", null, "docs/pictures.md");
        yield return Query(
            new { table = "{T}", examples = List<object>(new { key = "there" }, new { id = 999999999 }) }, 404, "item_not_found",
            "queries[1].examples[1].id", "999999999", "the id of an item");

        static ErrorCase Query(object query, int status, string code, string field, string? value, string bound) => new(
            "POST", "/v1/search", new { queries = List<object>(new { table = "{T}", key = "there" }, query) }, status, code, field, value, bound)
        {
            Part = 1,
        };
    }

    private static IEnumerable<ErrorCase> Searches()
    {
        const string Path = "/v1/tables/{T}/search";
        yield return new("POST", "/v1/tables/nowhere/search", new { image = Picture }, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return Invalid("POST", Path, new { limit = 1 }, "image", null, "one of image, url");
        yield return Invalid("POST", Path, new { image = Picture, key = "there" }, "key", null, "not both");
        yield return Invalid(
            "POST", Path, new { image = Picture, examples = new[] { new { key = "there" } } }, "examples", null, "not both");
        yield return Invalid("POST", Path, new { image = Picture, colour = 1 }, "colour", null, "min_score");
        yield return new("POST", Path, new { image = "AAAA" }, 400, "picture_type_unknown", "image", null, "docs/pictures.md");
        yield return Invalid("POST", Path, new { image = Picture, region = new { x1 = 0, y1 = 0, x2 = 9 } }, "region.y2", null, "an edge");
        yield return Invalid(
            "POST", Path, new { image = Picture, region = new { x1 = 9, y1 = 0, x2 = 9, y2 = 9 } }, "region.x2", "9", "greater than x1");
        yield return Invalid(
            "POST", Path, new { image = Picture, region = new { x1 = 0, y1 = 0, x2 = 2, y2 = 1, unit = "share" } }, "region.x2", "2", "from 0 to 1");
        yield return Invalid(
            "POST", Path, new { image = Picture, region = new { x1 = 0, y1 = 0, x2 = 2, y2 = 1, unit = "inch" } }, "region.unit", "inch", "pixel or share");
        yield return Invalid(
            "POST", Path, new { image = Picture, region = new { x1 = 0, y1 = 0, x2 = 90000, y2 = 90000 } }, "region", null, "a part of the picture");
        yield return Invalid(
            "POST", Path, new { key = "there", region = new { x1 = 0, y1 = 0, x2 = 9, y2 = 9 } }, "region", null, "a part of a picture");
        yield return new("POST", Path, new { key = "never" }, 404, "item_not_found", "key", "never", "the key of an item");
        yield return Invalid("POST", Path, new { id = 0 }, "id", "0", "from 1");
        yield return Invalid("POST", Path, new { image = Picture, limit = 1001 }, "limit", "1001", "from 1 to 1000");
        yield return Invalid("POST", Path, new { image = Picture, limit = 101, vectors = true }, "limit", "101", "from 1 to 100");
        yield return Invalid("POST", Path, new { image = Picture, min_score = 2 }, "min_score", "2", "from 0 to 1");
        yield return new("POST", Path, new { image = Picture, filter = "price >" }, 400, "filter_invalid", "filter", "price >", "docs/filters.md");
        yield return Invalid("POST", Path, new { image = Picture, group_by = "size" }, "group_by", "size", "one of");
        yield return Invalid("POST", Path, new { image = Picture, group_by = "colours" }, "group_by", "colours", "not a list");
        yield return Invalid("POST", Path, new { image = Picture, order_by = "score, colours" }, "order_by", "colours", "not a list");
        yield return Invalid("POST", Path, new { image = Picture, order_by = "price desc" }, "order_by", "price desc", "score");
        yield return Invalid("POST", Path, new { image = Picture, order_by = "score, size" }, "order_by", "size", "one of");
        yield return Invalid("POST", Path, new { image = Picture, fields = List("colour") }, "fields", "colour", "product_id");
        yield return Invalid("POST", Path, new { image = Picture, main_object = "both" }, "main_object", "both", "off or query");
        yield return new("POST", Path, new { image = Picture, cursor = "AAAA" }, 400, "cursor_invalid", "cursor", "AAAA", "next_cursor");
        yield return Invalid("POST", Path, new { vector = List(1, 0) }, "vector", "2 values", "a vector of");
        yield return Invalid("POST", Path, new { vector = "AAA" }, "vector", "AAA", "float32");
        yield return Invalid("POST", Path, new { vector = List("a") }, "vector", "[\"a\"]", "an array of numbers");
        yield return Invalid(
            "POST", Path, new { examples = new[] { new { key = "there", negative = true } } }, "examples", "negative", "at least one");
        yield return Invalid("POST", Path, new { examples = new[] { new { negative = false } } }, "examples[0]", null, "one of image");
        yield return Invalid("POST", Path, new { examples = Enumerable.Repeat(new { key = "there" }, 17) }, "examples", "more than 16", "at most 16");
        yield return Invalid("POST", "/v1/search", new { }, "queries", null, "1 to 16");
        yield return Invalid(
            "POST", "/v1/search", new { queries = Enumerable.Repeat(new { table = "a" }, 17) }, "queries", "more than 16", "at most 16");
    }

    private static IEnumerable<ErrorCase> Duplicates()
    {
        const string Path = "/v1/tables/{T}/duplicates";
        yield return new("GET", "/v1/tables/1x/duplicates", null, 400, "table_name_invalid", "table", "1x", "at most 48");
        yield return new("GET", "/v1/tables/nowhere/duplicates", null, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return new("POST", "/v1/tables/nowhere/duplicates", null, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return new("GET", "/v1/tables/nowhere/duplicates/job", null, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return Invalid("GET", Path + "?min_score=0.89", null, "min_score", "0.89", "from 0.9 to 1");
        yield return Invalid("GET", Path + "?min_score=1.01", null, "min_score", "1.01", "from 0.9 to 1");
        yield return Invalid("POST", Path + "?min_score=high", null, "min_score", "high", "from 0.9 to 1");
        yield return Invalid("GET", Path + "?limit=101", null, "limit", "101", "from 1 to 100");
        yield return Invalid("POST", Path + "?limit=1", null, "limit", null, "min_score");
        yield return new("GET", Path + "?cursor=AAAA", null, 400, "cursor_invalid", "cursor", "AAAA", "next_cursor");
        yield return new("GET", Path + "/job", null, 404, "duplicates_not_found");
        yield return new("DELETE", Path + "/job", null, 404, "duplicates_not_found");
    }

    private static IEnumerable<ErrorCase> Keys()
    {
        var key = new { name = "Shop", scopes = List("read"), tables = List("shop1_*") };
        yield return new("POST", "/v1/keys", key, 409, "token_not_set", "TOKEN", null, "set");
        yield return new("GET", "/v1/keys", null, 409, "token_not_set", "TOKEN", null, "set");
        yield return new("GET", "/v1/audit", null, 409, "token_not_set", "TOKEN", null, "set");
        yield return new("PATCH", "/v1/keys/aaaaaaaaaaaa", new { }, 409, "token_not_set", "TOKEN", null, "set");
        yield return new("DELETE", "/v1/keys/aaaaaaaaaaaa", null, 409, "token_not_set", "TOKEN", null, "set");
        yield return new("POST", "/v1/keys/aaaaaaaaaaaa:rotate", new { }, 409, "token_not_set", "TOKEN", null, "set");
        yield return Invalid("POST", "/v1/keys", new { }, "name", null, "1 to 255");
        yield return Invalid("POST", "/v1/keys", new { name = "a", scopes = List("all"), tables = List("a") }, "scopes", "all", "read, write, admin");
        yield return Invalid("POST", "/v1/keys", new { name = "a", scopes = List("read"), tables = List("a b") }, "tables", "a b", "shop1_*");
        yield return Invalid("POST", "/v1/keys", new { name = "a", scopes = List("read"), tables = List("a*b") }, "tables", "a*b", "shop1_*");
        yield return Invalid("POST", "/v1/keys", new { key.name, key.scopes, key.tables, calls_per_second = 0 }, "calls_per_second", "0", "from 0.01");
        yield return Invalid("POST", "/v1/keys", new { key.name, key.scopes, key.tables, burst = 5 }, "burst", "5", "without calls_per_second");
        yield return Invalid("POST", "/v1/keys", new { key.name, key.scopes, key.tables, max_tables = 1001 }, "max_tables", "1001", "from 0 to 1000");
        yield return Invalid("POST", "/v1/keys", new { key.name, key.scopes, key.tables, expires = "soon" }, "expires", "soon", "a date");
        yield return Invalid("POST", "/v1/keys", new { key.name, key.scopes, key.tables, secret = "a" }, "secret", null, "calls_per_second");
        yield return Invalid("PATCH", "/v1/keys/aaaaaaaaaaaa", new { name = (string?)null }, "name", null, "1 to 255");
        yield return Invalid("POST", "/v1/keys/aaaaaaaaaaaa:rotate", new { grace_seconds = 604801 }, "grace_seconds", "604801", "from 0 to 604800");
        yield return Invalid("GET", "/v1/keys?limit=0", null, "limit", "0", "from 1 to 999");
        yield return new("GET", "/v1/audit?cursor=AAAA", null, 400, "cursor_invalid", "cursor", "AAAA", "next_cursor");
    }

    private static IEnumerable<ErrorCase> Reembedding()
    {
        const string Path = "/v1/tables/{T}/reembed";
        var unknown = new { name = "m", version = "1", dimension = 3 };
        yield return new("POST", "/v1/tables/nowhere/reembed", new { }, 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return new("POST", Path, new { }, 409, "model_mismatch", "model", "lite0", "another model than the table's");
        yield return new("POST", Path, new { model = unknown }, 409, "model_mismatch", "model", "m 1", "a model that the service has");
        yield return Invalid("POST", Path, new { model = new { name = "m" } }, "model.version", null, "version");
        yield return Invalid("POST", Path, new { max_failures = -1 }, "max_failures", "-1", "from 0 to 1000000000000");
        yield return Invalid("POST", Path, new { rows = 1 }, "rows", null, "model, max_failures, read_paths");
        yield return new("GET", Path, null, 404, "reembed_not_found");
        yield return new("DELETE", Path, null, 404, "reembed_not_found");
        yield return new("GET", Path + "/failures", null, 404, "reembed_not_found");
        yield return Invalid("GET", Path + "/failures?limit=0", null, "limit", "0", "from 1 to 1000");
        yield return new("GET", Path + "/failures?cursor=!", null, 400, "cursor_invalid", "cursor", "!", "next_cursor");
    }

    private static IEnumerable<ErrorCase> Others()
    {
        yield return new("GET", "/v1/nothing", null, 404, "path_not_found");
        yield return new("GET", "/v1/problems/nothing", null, 404, "path_not_found");
        yield return new("POST", "/v1/tables/{T}", new { }, 405, "method_not_allowed");
        yield return new("GET", "/v1/tables", null, 403, "origin_forbidden") { Header = ("Host", "evil.example") };
        yield return new("POST", "/v1/backups", new { }, 409, "backup_unavailable", "BACKUP_PATH", null, "a folder");
        yield return new("GET", "/v1/backups", null, 409, "backup_unavailable", "BACKUP_PATH", null, "a folder");
        yield return Invalid("GET", "/v1/backups?limit=0", null, "limit", "0", "from 1 to 1000");
        yield return new("GET", "/v1/backups?cursor=AAAA", null, 400, "cursor_invalid", "cursor", "AAAA", "next_cursor");
        yield return Invalid("POST", "/v1/backups", new { name = "../up" }, "name", "../up", "1 to 64 letters");
        yield return Invalid("POST", "/v1/backups", new { folder = "a" }, "folder", null, "name");
        yield return Invalid("GET", "/v1/backups/a.b", null, "name", "a.b", "1 to 64 letters");
        yield return Invalid("DELETE", "/v1/backups/a.b", null, "name", "a.b", "1 to 64 letters");
        yield return new("GET", "/v1/imports/nothing", null, 404, "import_not_found", "id", "nothing", "32 lower-case hexadecimal digits");
        yield return new("GET", $"/v1/imports/{NoImport}", null, 404, "import_not_found", "id", NoImport, "the id of an import");
        yield return new("GET", $"/v1/imports/{NoImport}/failures", null, 404, "import_not_found", "id", NoImport, "the id of an import");
        yield return new("GET", $"/v1/imports/{NoImport}/events", null, 404, "import_not_found", "id", NoImport, "the id of an import");
        yield return new("DELETE", $"/v1/imports/{NoImport}", null, 404, "import_not_found", "id", NoImport, "the id of an import");
        yield return Import("on_error=never", "on_error", "never", "stop, continue");
        yield return Import("on_existing_key=never", "on_existing_key", "never", "replace, skip, fail");
        yield return Import("dry_run=maybe", "dry_run", "maybe", "true or false");
        yield return new("PUT", "/v1/tables/one_more", new { }, 409, "table_limit_reached", "MAX_TABLES", "2 tables", "at most 2");
        yield return new("POST", "/v1/tables/nowhere/imports", """{"url":"http://a/b.png"}""", 404, "table_not_found", "table", "nowhere", "the name of a table");
        yield return Invalid(
            "POST", "/v1/tables/{T}/imports", """{"url":"http://a/b.png"}""", "Idempotency-Key", "a b", "255 visible") with
        {
            Header = ("Idempotency-Key", "a b"),
        };
    }

    private static ErrorCase Import(string query, string field, string value, string bound) =>
        Invalid("POST", $"/v1/tables/{{T}}/imports?{query}", """{"url":"http://a/b.png"}""", field, value, bound);

    private static ErrorCase Invalid(string method, string path, object? body, string field, string? value = null, string? bound = null) =>
        new(method, path, body, 400, "request_invalid", field, value, bound);

    private static T[] List<T>(params T[] items) => items;

    private static object Attribute(string name, string type) => new { name, type };
}
