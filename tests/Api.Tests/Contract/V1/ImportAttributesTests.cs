using System.IO.Pipelines;
using System.Text;
using ImageSearch.Api.V1.Imports;
using ImageSearch.Api.V1.Items;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>Attributes of a list are validated against the table's schema, and are the same in both formats.</summary>
public sealed class ImportAttributesTests
{
    private const string Stored = """{"price":12.5,"brand":"甲 \"A\"","sale":true,"since":"2026-01-02T03:04:05.000Z","colours":["red","blue"]}""";

    private static readonly ItemFields Fields = new(
        [
            new AttributeDefinition("price", AttributeType.Number, Indexed: true), new AttributeDefinition("brand", AttributeType.String, Indexed: true),
            new AttributeDefinition("sale", AttributeType.Boolean, Indexed: false), new AttributeDefinition("since", AttributeType.Date, Indexed: false),
            new AttributeDefinition("colours", AttributeType.StringList, Indexed: false),
        ],
        new ModelIdentity("test", "1", 4),
        BodyLinesTests.Memory(16));

    [Theory]
    [InlineData("""{"url":"http://x/","product_id":"p1","attributes":{"since":"2026-01-02T03:04:05Z","price":12.5,"brand":"甲 \"A\"","sale":true,"colours":["red","blue"]}}""")]
    [InlineData("""{"attributes":{"price":12.5,"brand":"甲 \"A\"","sale":true,"since":"2026-01-02T03:04:05Z","colours":["red","blue"]},"product_id":"p1","url":"http://x/"}""")]
    public async Task Json_has_them_in_an_object(string line)
    {
        var texts = (await JsonAsync(line)).ShouldHaveSingleItem().Item.Value.ShouldNotBeNull().Texts;
        (texts.ProductId, Text(texts.Attributes)).ShouldBe(("p1", Stored));
    }

    [Fact]
    public async Task Csv_has_them_in_columns()
    {
        var lines = await CsvAsync("url,price,colours,brand,sale,since,product_id\nhttp://x/,12.5,red|blue,\"甲 \"\"A\"\"\",TRUE,2026-01-02T03:04:05Z,p1\n");
        var texts = lines.ShouldHaveSingleItem().Item.Value.ShouldNotBeNull().Texts;
        (texts.ProductId, Text(texts.Attributes)).ShouldBe(("p1", Stored));
    }

    [Fact]
    public async Task Lines_without_attributes_have_none()
    {
        string[] lines = ["""{"url":"http://x/1"}""", """{"url":"http://x/2","attributes":null}""", """{"url":"http://x/3","attributes":{}}"""];
        (await JsonAsync(string.Join('\n', lines))).ShouldAllBe(line => line.Item.Value!.Texts.Attributes == null);
        (await CsvAsync("url,price\nhttp://x/1,\nhttp://x/2\n")).ShouldAllBe(line => line.Item.Value!.Texts.Attributes == null);
    }

    [Theory]
    [InlineData("""{"url":"http://x/","attributes":{"price":"cheap"}}""", "price")]
    [InlineData("""{"url":"http://x/","attributes":{"size":1}}""", "size")]
    [InlineData("""{"url":"http://x/","attributes":[1]}""", "attributes")]
    public async Task Json_that_is_not_of_the_schema_is_a_failure_of_its_line(string line, string named)
    {
        var failure = (await JsonAsync(line)).ShouldHaveSingleItem().Item.Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(FailureCode.RequestInvalid);
        failure.Message.ShouldContain(named);
    }

    [Fact]
    public async Task Attributes_that_are_too_long_to_parse_are_a_failure_of_their_line()
    {
        var padding = new string(' ', AttributeInput.MaxJsonBytes);
        var lines = await JsonAsync("""{"url":"http://x/1","attributes":{"price":1""" + padding + "}}\n" + """{"url":"http://x/2"}""");
        lines[0].Item.Failure.ShouldNotBeNull().Message.ShouldContain($"at most {AttributeInput.MaxJsonBytes}");
        lines[1].Item.Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData("url,price\nhttp://x/,cheap", "price")]
    [InlineData("url,sale\nhttp://x/,maybe", "sale")]
    [InlineData("url,since\nhttp://x/,yesterday", "since")]
    public async Task A_cell_that_is_not_of_the_schema_is_a_failure_of_its_line(string list, string named)
    {
        var line = (await CsvAsync(list)).ShouldHaveSingleItem();
        line.Number.ShouldBe(2);
        line.Item.Failure.ShouldNotBeNull().Message.ShouldContain(named);
    }

    // The encoder of the stored text decides which characters it escapes.
    private static string? Text(string? json) =>
        json is null ? null : System.Text.RegularExpressions.Regex.Replace(json, @"\\u0022", "\\\"").Replace("\\u7532", "甲", StringComparison.OrdinalIgnoreCase);

    private static async Task<List<ListLine>> JsonAsync(string body)
    {
        using var lines = new BodyLines(PipeReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(body))), BodyLinesTests.Memory(16), CancellationToken.None);
        return await AllAsync(new NdjsonList(lines, Fields, contentType: null).ReadAsync());
    }

    private static async Task<List<ListLine>> CsvAsync(string body)
    {
        await using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return await AllAsync(new CsvList(bytes, Fields, Encoding.UTF8).ReadAsync());
    }

    private static async Task<List<ListLine>> AllAsync(IAsyncEnumerable<ListLine> lines)
    {
        var all = new List<ListLine>();
        await foreach (var line in lines) all.Add(line);
        return all;
    }
}
