using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.Filtering.Tests;

public sealed class AttributeValuesTests
{
    [Theory]
    [InlineData("""{ "price" : 1.50, "brand" : "acme" }""", """{"brand":"acme","price":1.5}""")]
    [InlineData("""{"price":1e2}""", """{"price":100}""")]
    [InlineData("""{"price":-0.0}""", """{"price":0}""")]
    [InlineData("""{"price":0.1}""", """{"price":0.1}""")]
    [InlineData("""{"price":1e300}""", """{"price":1E+300}""")]
    [InlineData("""{"in_stock":true}""", """{"in_stock":true}""")]
    [InlineData("""{"released":"2026-11-01T10:00:00.1239+08:00"}""", """{"released":"2026-11-01T02:00:00.123Z"}""")]
    [InlineData("""{"released":"2026-11-01"}""", """{"released":"2026-11-01T00:00:00.000Z"}""")]
    [InlineData("""{"colors":["red","blue","red",""]}""", """{"colors":["red","blue"]}""")]
    [InlineData("""{"brand":"\u4e2d\ud83d\ude00\"\\\/\n\u0001"}""", """{"brand":"中😀\"\\/\n\u0001"}""")]
    [InlineData("""{"brand":null,"price":1}""", """{"price":1}""")]
    [InlineData("""{"brand":"","colors":[],"released":""}""", null)]
    [InlineData("""{"colors":[""]}""", null)]
    [InlineData("{}", null)]
    public void Attributes_are_written_in_one_form(string json, string? expected) => Read(json).Value.ShouldBe(expected);

    [Fact]
    public void The_form_reads_as_itself() =>
        Prop.ForAll(Generators.Item.ToArbitrary(), item =>
        {
            if (item.Item.Texts.Attributes is not { } json || Read(json).Value is not { } text) return;
            Read(text).Value.ShouldBe(text);
            AttributeValues.Merge(null, text, Samples.Schema).Value.ShouldBe(text);
            foreach (var field in Samples.Fields.Where(field => field.Kind == FieldKind.Attribute))
            {
                var stored = Samples.ItemWith(text);
                ItemFieldValue.Of(stored, field).ShouldBe(ItemFieldValue.Of(item.Item, field));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("[]", "attributes must be a JSON object, but it is an array")]
    [InlineData("\"x\"", "attributes must be a JSON object, but it is the string \"x\"")]
    [InlineData("{\"Brand\":\"x\"}", "\"Brand\" is not an attribute of the table; its attributes are brand, price, in_stock, released, colors")]
    [InlineData("{\"key\":\"x\"}", "\"key\" is not an attribute of the table; its attributes are brand, price, in_stock, released, colors")]
    [InlineData("{\"price\":1,\"price\":2}", "attributes.price is given twice")]
    [InlineData("{\"price\":\"cheap\"}", "attributes.price must be a number, but it is the string \"cheap\"")]
    [InlineData("{\"price\":1e999}", "attributes.price is the number 1e999, beyond the range of numbers, ±1.7e308")]
    [InlineData("{\"brand\":7}", "attributes.brand must be a string, but it is the number 7")]
    [InlineData("{\"brand\":[\"a\"]}", "attributes.brand must be a string, but it is an array")]
    [InlineData("{\"in_stock\":\"true\"}", "attributes.in_stock must be a boolean, but it is the string \"true\"")]
    [InlineData("{\"in_stock\":{}}", "attributes.in_stock must be a boolean, but it is an object")]
    [InlineData("{\"released\":\"2026-13-01\"}", "attributes.released must be a date such as \"2026-11-01\" or \"2026-11-01T10:00:00Z\", but it is the string \"2026-13-01\"")]
    [InlineData("{\"released\":true}", "attributes.released must be a date, but it is true")]
    [InlineData("{\"colors\":\"red\"}", "attributes.colors must be a list of strings, but it is the string \"red\"")]
    [InlineData("{\"colors\":[\"red\",null]}", "attributes.colors must be a list of strings, but its element 2 is null")]
    [InlineData("{\"brand\":\"\\ud83d\"}", "attributes.brand is not a valid string: it has half of a surrogate pair or bytes that are not UTF-8")]
    [InlineData("{\"colors\":[\"\\ud83d\"]}", "attributes.colors, element 1, is not a valid string: it has half of a surrogate pair or bytes that are not UTF-8")]
    [InlineData("{\"\\ud83d\":1}", "a name in attributes is not a valid string: it has half of a surrogate pair or bytes that are not UTF-8")]
    [InlineData("{\"brand\":", "attributes are not valid JSON: line 1, byte 10")]
    public void An_error_names_the_attribute_the_value_and_what_is_expected(string json, string message)
    {
        var failure = AttributeValues.Read(Encoding.UTF8.GetBytes(json), Samples.Schema).Failure.ShouldNotBeNull();
        failure.Code.ShouldBe(FailureCode.RequestInvalid);
        failure.Message.ShouldBe(message);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_an_error()
    {
        byte[] json = [.. "{\"brand\":\""u8, 0xFF, .. "\"}"u8];
        AttributeValues.Read(json, Samples.Schema).Failure!.Message.ShouldBe(
            "attributes.brand is not a valid string: it has half of a surrogate pair or bytes that are not UTF-8");
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_shown_in_no_message()
    {
        byte[] json = [.. "{\"price\":\""u8, 0xFF, .. "\"}"u8];
        AttributeValues.Read(json, Samples.Schema).Failure!.Message.ShouldBe("attributes.price must be a number, but it is the string \"\ufffd\"");
    }

    [Fact]
    public void A_string_has_at_most_255_characters_however_many_bytes()
    {
        string Of(string character, int count) => $$"""{"brand":"{{string.Concat(Enumerable.Repeat(character, count))}}"}""";
        Read(Of("😀", 255)).Failure.ShouldBeNull();
        Read(Of("😀", 256)).Failure!.Message.ShouldBe("attributes.brand is 256 characters long; the maximum is 255");
        Read($$"""{"colors":["a","{{new string('x', 256)}}"]}""").Failure!.Message.ShouldBe("attributes.colors, element 2, is 256 characters long; the maximum is 255");
    }

    [Fact]
    public void A_list_has_at_most_64_different_strings()
    {
        string Of(int count) => JsonSerializer.Serialize(new { colors = Enumerable.Range(0, count).SelectMany(i => new[] { $"c{i}", $"c{i}" }) });
        Read(Of(64)).Failure.ShouldBeNull();
        Read(Of(65)).Failure!.Message.ShouldBe("attributes.colors has more than 64 different strings, the maximum");
    }

    [Fact]
    public void All_attributes_together_have_at_most_16384_bytes()
    {
        var json = JsonSerializer.Serialize(new { colors = Enumerable.Range(0, 64).Select(i => $"{i:00}{new string('中', 253)}") });
        Read(json).Failure!.Message.ShouldBe("attributes are 48908 bytes long; the maximum is 16384");
    }

    [Theory]
    [InlineData("""{"brand":"a","price":1}""", """{"price":2}""", """{"brand":"a","price":2}""")]
    [InlineData("""{"brand":"a","price":1}""", """{"price":null}""", """{"brand":"a"}""")]
    [InlineData("""{"brand":"a"}""", """{"brand":""}""", null)]
    [InlineData("""{"price":1}""", """{"brand":"b"}""", """{"brand":"b","price":1}""")]
    [InlineData("""{"price":1}""", "{}", """{"price":1}""")]
    [InlineData("""{"colors":["red"]}""", """{"colors":["blue"]}""", """{"colors":["blue"]}""")]
    [InlineData(null, """{"price":1,"brand":null}""", """{"price":1}""")]
    [InlineData(null, """{"price":null}""", null)]
    [InlineData("""{"gone":1,"price":"was a string","brand":"a"}""", """{"in_stock":true}""", """{"brand":"a","in_stock":true}""")]
    [InlineData("not JSON", """{"price":1}""", """{"price":1}""")]
    [InlineData("[]", """{"price":1}""", """{"price":1}""")]
    public void A_change_replaces_its_members_and_null_removes_one(string? current, string patch, string? expected)
    {
        var text = ReadPatch(patch).Value.ShouldNotBeNull();
        AttributeValues.Merge(current, text, Samples.Schema).ShouldBe(Result.Success(expected));
    }

    [Fact]
    public void Text_that_is_not_well_formed_is_no_attribute_and_no_change()
    {
        var text = $"{{\"brand\":\"{'\ud83d'}\"}}";
        AttributeValues.Merge(text, """{"price":1}""", Samples.Schema).Value.ShouldBe("""{"price":1}""");
        AttributeValues.Merge(null, text, Samples.Schema).Failure!.Message.ShouldStartWith("attributes are not valid JSON");
    }

    [Theory]
    [InlineData("""{ "price":null, "brand":"" , "in_stock":true}""", """{"brand":null,"price":null,"in_stock":true}""")]
    [InlineData("{}", "{}")]
    public void A_change_keeps_its_nulls(string patch, string expected) => ReadPatch(patch).Value.ShouldBe(expected);

    [Fact]
    public void A_change_that_the_schema_does_not_allow_is_an_error_when_it_is_read_and_when_it_is_applied()
    {
        const string Message = "attributes.price must be a number, but it is the string \"x\"";
        ReadPatch("""{"price":"x"}""").Failure!.Message.ShouldBe(Message);
        AttributeValues.Merge(null, """{"price":"x"}""", Samples.Schema).Failure!.Message.ShouldBe(Message);
        AttributeValues.Merge(null, "not JSON", Samples.Schema).Failure!.Message.ShouldBe("attributes are not valid JSON: not JSON");
    }

    [Fact]
    public void A_change_that_makes_attributes_too_long_is_an_error()
    {
        string List(string name) => JsonSerializer.Serialize(new Dictionary<string, object> { [name] = Enumerable.Range(0, 40).Select(i => $"{i:00}{new string('x', 250)}") });
        AttributeDefinition[] schema = [new("a", AttributeType.StringList, false), new("b", AttributeType.StringList, false)];
        AttributeValues.Merge(List("a"), List("b"), schema).Failure!.Message.ShouldBe("attributes are 20413 bytes long; the maximum is 16384");
    }

    private static Result<string?> Read(string json) => AttributeValues.Read(Encoding.UTF8.GetBytes(json), Samples.Schema);

    private static Result<string> ReadPatch(string json)
    {
        using var document = JsonDocument.Parse(json);
        return AttributeValues.ReadPatch(document.RootElement, Samples.Schema);
    }
}
