namespace ImageSearch.Filtering.Tests;

public sealed class FilterParserTests
{
    [Theory]
    [InlineData("id = 1 OR id = 2 AND id = 3", "id = 1 OR id = 2 AND id = 3")]
    [InlineData("(id = 1 OR id = 2) AND id = 3", "(id = 1 OR id = 2) AND id = 3")]
    [InlineData("id = 1 AND (id = 2 AND id = 3)", "id = 1 AND (id = 2 AND id = 3)")]
    [InlineData("NOT id = 1 AND id = 2", "id != 1 AND id = 2")]
    [InlineData("NOT (id = 1 AND id = 2)", "NOT (id = 1 AND id = 2)")]
    [InlineData("NOT NOT id > 1", "NOT NOT id > 1")]
    [InlineData("((id > 1))", "id > 1")]
    public void NOT_binds_closer_than_AND_and_AND_closer_than_OR(string text, string expected) =>
        FilterText.Write(Samples.Parse(text)).ShouldBe(expected);

    [Fact]
    public void Terms_of_one_word_are_one_group()
    {
        Samples.Parse("id = 1 AND id = 2 AND id = 3").ShouldBeOfType<AllOf>().Terms.Count.ShouldBe(3);
        var any = Samples.Parse("id = 1 OR id = 2 AND id = 3").ShouldBeOfType<AnyOf>();
        any.Terms[0].ShouldBeOfType<Comparison>();
        any.Terms[1].ShouldBeOfType<AllOf>();
    }

    [Theory]
    [InlineData("brand = \"a\"")]
    [InlineData("brand != \"a\"")]
    [InlineData("price < 1")]
    [InlineData("price <= 1")]
    [InlineData("price > 1")]
    [InlineData("price >= 1")]
    [InlineData("brand IN (\"a\", \"b\")")]
    [InlineData("colors HAS \"red\"")]
    [InlineData("tags HAS \"sale\"")]
    [InlineData("brand EXISTS")]
    [InlineData("colors EXISTS")]
    [InlineData("path STARTS WITH \"https://\"")]
    [InlineData("in_stock = true")]
    [InlineData("in_stock < true")]
    [InlineData("released >= \"2026-11-01T00:00:00.000Z\"")]
    [InlineData("created IN (\"2026-11-01T00:00:00.000Z\")")]
    public void Each_operator_reads_and_writes(string text) => FilterText.Write(Samples.Parse(text)).ShouldBe(text);

    [Theory]
    [InlineData("id=1 and not(id in(2)or brand starts with 'a')", "id = 1 AND NOT (id IN (2) OR brand STARTS WITH \"a\")")]
    [InlineData("\r\n id\t=\n1 ", "id = 1")]
    [InlineData("IN_STOCK_ = 1", null)]
    [InlineData("in_stock = TRUE", "in_stock = true")]
    [InlineData("url = \"http://a\"", "path = \"http://a\"")]
    [InlineData("brand Exists", "brand EXISTS")]
    public void Words_are_in_any_case_and_fields_are_not(string text, string? expected)
    {
        if (expected is null) Samples.ErrorOf(text).ShouldStartWith("position 1: \"IN_STOCK_\" is not a field");
        else FilterText.Write(Samples.Parse(text)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""  "a\"b"  """, "a\"b")]
    [InlineData("""  'a"b'  """, "a\"b")]
    [InlineData("""  'a\'b'  """, "a'b")]
    [InlineData("""  "\\ \/ \n \t \u4E2d \uD83D\uDE00"  """, "\\ / \n \t 中 😀")]
    [InlineData("""  "“中文”，😀"  """, "“中文”，😀")]
    public void Strings_are_in_double_or_single_quotes_with_the_escapes_of_JSON(string literal, string expected) =>
        Samples.Parse("brand = " + literal).ShouldBeOfType<Comparison>().Value.Text.ShouldBe(expected);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("-12.50", -12.5)]
    [InlineData("1e3", 1000)]
    [InlineData("1E-2", 0.01)]
    public void Numbers_are_those_of_JSON(string literal, double expected) =>
        Samples.Parse("price = " + literal).ShouldBeOfType<Comparison>().Value.Number.ShouldBe(expected);

    [Theory]
    [InlineData("2026-11-01", "2026-11-01T00:00:00.000Z")]
    [InlineData("2026-11-01T10:20", "2026-11-01T10:20:00.000Z")]
    [InlineData("2026-11-01 10:20:30", "2026-11-01T10:20:30.000Z")]
    [InlineData("2026-11-01T10:20:30.5Z", "2026-11-01T10:20:30.500Z")]
    [InlineData("2026-11-01T10:20:30.123456789+08:00", "2026-11-01T02:20:30.123Z")]
    [InlineData("2026-11-01T10:20:30-02:30", "2026-11-01T12:50:30.000Z")]
    public void Dates_are_those_of_ISO_8601_and_without_an_offset_UTC(string literal, string expected) =>
        FilterText.Write(Samples.Parse($"released = \"{literal}\"")).ShouldBe($"released = \"{expected}\"");
}
