using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Api.Http.Fields;

namespace ImageSearch.Api.Tests.Requests;

public sealed class JsonFieldsTests
{
    [Fact]
    public void Any_object_of_texts_is_read_as_it_was_written()
    {
        var texts = ArbMap.Default.ArbFor<Dictionary<NonNull<string>, NonNull<string>>>();
        Prop.ForAll(
            texts,
            written =>
            {
                var valid = written.Where(pair => IsText(pair.Key.Get) && IsText(pair.Value.Get)).ToDictionary(p => p.Key.Get, p => p.Value.Get);
                var read = Read(JsonSerializer.Serialize(valid));
                valid.All(pair => read.Text(pair.Key).Value == pair.Value).ShouldBeTrue();
            }).QuickCheckThrowOnFailure();

        // Lone surrogates have no UTF-8.
        static bool IsText(string text) => text.EnumerateRunes().All(rune => rune != Rune.ReplacementChar);
    }

    [Theory]
    [InlineData("""{"TOP_K":5}""", 5)]
    [InlineData("""{"TOP_K":"5"}""", 5)]
    [InlineData("""{"TOP_K":" 5 "}""", 5)]
    [InlineData("""{"TOP_K":5.0}""", 5)]
    [InlineData("""{"TOP_K":"5.0"}""", 5)]
    [InlineData("""{"TOP_K":1e2}""", 100)]
    [InlineData("""{"TOP_K":null}""", 10)]
    [InlineData("""{"TOP_K":""}""", 10)]
    [InlineData("""{}""", 10)]
    public void A_number_may_be_a_text_and_may_be_left_out(string body, int expected) =>
        Read(body).Number("TOP_K", 10, 1, 1000).Value.ShouldBe(expected);

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("-1")]
    [InlineData("5.5")]
    [InlineData("1e-1")]
    [InlineData("1e999999999")]
    [InlineData("true")]
    [InlineData("[5]")]
    [InlineData("\"five\"")]
    [InlineData("\"５\"")]
    [InlineData("99999999999999999999")]
    public void A_number_that_is_not_whole_or_out_of_bounds_is_rejected(string value) =>
        Read($"{{\"TOP_K\":{value}}}").Number("TOP_K", 10, 1, 1000).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.RequestInvalid);

    [Theory]
    [InlineData("""{"id":"1,2,, ,3,"}""", new[] { "1", "2", "3" })]
    [InlineData("""{"id":" a, b "}""", new[] { " a", " b " })]
    [InlineData("""{"id":[1,"2",3]}""", new[] { "1", "2", "3" })]
    [InlineData("""{"id":7}""", new[] { "7" })]
    [InlineData("""{"id":[1,1]}""", new[] { "1" })]
    [InlineData("""{}""", new string[0])]
    public void A_list_may_be_an_array_a_value_or_a_text_with_commas(string body, string[] expected) =>
        Read(body).List("id", 1000).Value.ShouldBe(expected);

    [Fact]
    public void A_list_of_more_than_allowed_is_rejected() =>
        Read("{\"id\":[" + string.Join(',', Enumerable.Range(0, 1001)) + "]}").List("id", 1000).Failure.ShouldNotBeNull();

    [Theory]
    [InlineData("\"😀😀\"", 2, true)]
    [InlineData("\"😀😀😀\"", 2, false)]
    [InlineData("\"杯子\"", 2, true)]
    public void Lengths_count_Unicode_characters(string value, int maxLength, bool fits) =>
        (Read($"{{\"tags\":{value}}}").Text("tags", maxLength).Failure is null).ShouldBe(fits);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("{")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}")]
    public void What_is_not_a_JSON_object_of_at_most_sixteen_levels_is_rejected(string body) =>
        JsonFields.Parse(Encoding.UTF8.GetBytes(body)).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.RequestInvalid);

    [Fact]
    public void A_byte_order_mark_is_skipped() => Read("\uFEFF{\"a\":\"b\"}").Text("a").Value.ShouldBe("b");

    [Fact]
    public void Text_that_is_not_UTF8_is_rejected()
    {
        byte[] body = [.. "{\"a\":\""u8, 0xFF, .. "\"}"u8];
        var parsed = JsonFields.Parse(body);
        (parsed.Failure ?? new RequestFields(parsed.Value!).Text("a").Failure).ShouldNotBeNull();
    }

    [Fact]
    public void Base64_with_escaped_slashes_is_decoded() =>
        Read("""{"image":"\/\/8="}""").Base64("image").Value!.Value.ToArray().ShouldBe([0xFF, 0xFF]);

    private static RequestFields Read(string body) => new(JsonFields.Parse(Encoding.UTF8.GetBytes(body)).Value!);
}
