using System.Text;

namespace ImageSearch.Filtering.Tests;

public sealed class FilterLimitTests
{
    [Fact]
    public void A_filter_has_at_most_4000_characters()
    {
        var longest = "brand = \"a\"".PadRight(FilterParser.MaxLength);
        FilterParser.Parse(longest, Samples.Schema).Failure.ShouldBeNull();
        Samples.ErrorOf(longest + " ").ShouldBe("the filter is longer than 4000 characters, the maximum");
        Samples.ErrorOf(new string('(', 10_000_000)).ShouldBe("the filter is longer than 4000 characters, the maximum");
    }

    [Fact]
    public void Characters_outside_the_basic_plane_count_once()
    {
        string Emojis(int count) => string.Join(" OR ", Enumerable.Repeat($"brand = \"{string.Concat(Enumerable.Repeat("😀", count))}\"", 15));
        Emojis(250).Length.ShouldBeGreaterThan(FilterParser.MaxLength);
        FilterParser.Parse(Emojis(250), Samples.Schema).Failure.ShouldBeNull();
    }

    [Theory]
    [InlineData("(")]
    [InlineData("NOT ")]
    [InlineData("NOT(")]
    public void Brackets_and_NOTs_nest_at_most_32_deep(string opening)
    {
        var perOpening = opening == "NOT(" ? 2 : 1;
        string Nested(int depth) =>
            $"{string.Concat(Enumerable.Repeat(opening, depth / perOpening))}id = 1{new string(')', opening.EndsWith('(') ? depth / perOpening : 0)}";

        FilterParser.Parse(Nested(32), Samples.Schema).Failure.ShouldBeNull();
        Samples.ErrorOf(Nested(34)).ShouldEndWith("brackets and NOTs nest deeper than 32, the maximum");
        Samples.ErrorOf(string.Concat(Enumerable.Repeat(opening, 4000 / opening.Length))).ShouldEndWith("brackets and NOTs nest deeper than 32, the maximum");
    }

    [Fact]
    public void Brackets_side_by_side_are_not_deep()
    {
        var text = string.Join(" AND ", Enumerable.Repeat("(NOT (id = 1))", 100));
        FilterParser.Parse(text, Samples.Schema).Failure.ShouldBeNull();
    }

    [Fact]
    public void A_filter_has_at_most_200_conditions()
    {
        string Conditions(int count) => string.Join(" OR ", Enumerable.Repeat("id=1", count));
        FilterParser.Parse(Conditions(200), Samples.Schema).Failure.ShouldBeNull();
        Samples.ErrorOf(Conditions(201)).ShouldBe("position 1601: the filter has more than 200 conditions, the maximum");
    }

    [Fact]
    public void IN_has_at_most_1000_values()
    {
        string In(int count) => $"id IN({string.Join(',', Enumerable.Repeat("1", count))})";
        FilterParser.Parse(In(1000), Samples.Schema).Failure.ShouldBeNull();
        Samples.ErrorOf(In(1001)).ShouldBe("position 2007: IN has 1001 values; the maximum is 1000");
    }

    [Theory]
    [InlineData("brand", 255)]
    [InlineData("path", 1000)]
    [InlineData("key", 1000)]
    public void A_string_is_as_long_as_its_field_may_be(string field, int max)
    {
        string Of(int length) => $"{field} = \"{new string('x', length)}\"";
        FilterParser.Parse(Of(max), Samples.Schema).Failure.ShouldBeNull();
        Samples.ErrorOf(Of(max + 1)).ShouldBe($"position {field.Length + 4}: {field} is compared with a string of {max + 1} characters; the maximum is {max}");
    }

    [Fact]
    public void No_text_makes_the_parser_throw()
    {
        string[] words =
            ["(", ")", "NOT ", "AND ", "OR ", "IN", "HAS ", "EXISTS ", "STARTS ", "WITH ", "=", "!=", "<", ",", "price ", "brand ", "colors ", "1", "-", "\"a\"", "'", "\"", "\\", "\ud83d", "\0", "中", "true ", "\"2026-01-01\""];
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (var i = random.Next(1, 40); i > 0; i--) text.Append(words[random.Next(words.Length)]);
            var result = FilterParser.Parse(text.ToString(), Samples.Schema);
            if (result.Failure is { } failure) failure.Message.ShouldStartWith("position ");
            else FilterText.Write(result.Value!).ShouldBe(FilterText.Write(Samples.Parse(FilterText.Write(result.Value!))));
        }
    }
}
