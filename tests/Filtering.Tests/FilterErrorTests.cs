namespace ImageSearch.Filtering.Tests;

public sealed class FilterErrorTests
{
    [Theory]
    [InlineData("", "position 1: expected a field, NOT or (, but the filter ends")]
    [InlineData("  ", "position 3: expected a field, NOT or (, but the filter ends")]
    [InlineData("price", "position 6: expected =, !=, <, <=, >, >=, HAS, IN, EXISTS or STARTS WITH, but the filter ends")]
    [InlineData("price NOT IN (1)", "position 7: expected =, !=, <, <=, >, >=, HAS, IN, EXISTS or STARTS WITH, but found NOT; write NOT before the field")]
    [InlineData("price >=", "position 9: expected a value, but the filter ends")]
    [InlineData("price >= AND id = 1", "position 10: expected a value, but found AND")]
    [InlineData("brand = acme", "position 9: expected a value, but found acme; write strings in quotes")]
    [InlineData("price = null", "position 9: expected a value, but found null; write NOT … EXISTS to find items without a value")]
    [InlineData("\"price\" = 1", "position 1: expected a field, NOT or (, but found \"price\"; write fields without quotes")]
    [InlineData("brand STARTS \"a\"", "position 14: expected WITH, but found \"a\"")]
    [InlineData("price IN 1", "position 10: expected (, but found 1")]
    [InlineData("price IN ()", "position 11: expected a value, but found )")]
    [InlineData("price IN (1", "position 12: expected , or ), but the filter ends")]
    [InlineData("price IN (1,)", "position 13: expected a value, but found )")]
    [InlineData("(price = 1", "position 11: expected AND, OR or ), but the filter ends")]
    [InlineData("price = 1)", "position 10: expected AND, OR or the end, but found )")]
    [InlineData("price = 1 brand = \"a\"", "position 11: expected AND, OR or the end, but found brand")]
    [InlineData("price = 1 AND", "position 14: expected a field, NOT or (, but the filter ends")]
    [InlineData("price == 1", "position 7: write = instead of ==")]
    [InlineData("price <> 1", "position 7: write != instead of <>")]
    [InlineData("!price = 1", "position 1: write NOT instead of !")]
    [InlineData("price = 1 && id = 1", "position 11: write AND instead of &")]
    [InlineData("price = 1 || id = 1", "position 11: write OR instead of |")]
    [InlineData("brand = “a”", "position 9: unexpected character “")]
    [InlineData("brand = \"😀\" 😀", "position 13: unexpected character 😀")]
    [InlineData("price = 1\0", "position 10: unexpected character �")]
    [InlineData("brand = \"a", "position 9: the string has no closing \"")]
    [InlineData("brand = \"a\\", "position 9: the string has no closing \"")]
    [InlineData("brand = \"ab\\x\"", "position 12: unknown escape in a string; write \\\\ for a backslash")]
    [InlineData("brand = \"\\u12\"", "position 10: \\u must be followed by four hexadecimal digits")]
    [InlineData("brand = \"\\u12G4\"", "position 10: \\u must be followed by four hexadecimal digits")]
    [InlineData("brand = \"\\ud83d\"", "position 9: the string has half of a surrogate pair")]
    [InlineData("price = 01", "position 9: 01 is not a number as JSON writes it, such as 100, -0.5 or 1e6")]
    [InlineData("price = .5", "position 9: .5 is not a number as JSON writes it, such as 100, -0.5 or 1e6")]
    [InlineData("price = 1AND id = 1", "position 9: 1AND is not a number as JSON writes it, such as 100, -0.5 or 1e6")]
    [InlineData("price = 1e999", "position 9: 1e999 is beyond the range of numbers, ±1.7e308")]
    public void A_syntax_error_names_the_position_what_was_found_and_what_is_expected(string text, string message) =>
        Samples.ErrorOf(text).ShouldBe(message);

    [Theory]
    [InlineData("price > \"cheap\"", "position 9: price is a number, but \"cheap\" is a string")]
    [InlineData("brand = 7", "position 9: brand is a string, but 7 is a number; write \"7\"")]
    [InlineData("in_stock = \"yes\"", "position 12: in_stock is a boolean, but \"yes\" is a string; write true or false")]
    [InlineData("price = true", "position 9: price is a number, but true is a boolean")]
    [InlineData("created > 2026", "position 11: created is a date, but 2026 is a number; write \"2026-11-01\" or \"2026-11-01T10:00:00Z\"")]
    [InlineData("released = \"2026-02-30\"", "position 12: released is a date, but \"2026-02-30\" is none; write \"2026-11-01\" or \"2026-11-01T10:00:00Z\"")]
    [InlineData("price IN (1, \"a\")", "position 14: price is a number, but \"a\" is a string")]
    [InlineData("colors = \"red\"", "position 8: colors is a list of strings; use HAS or EXISTS")]
    [InlineData("colors STARTS WITH \"red\"", "position 8: colors is a list of strings; use HAS or EXISTS")]
    [InlineData("colors HAS 5", "position 12: colors is a string, but 5 is a number; write \"5\"")]
    [InlineData("brand HAS \"a\"", "position 7: brand is a string; HAS is for tags and lists of strings")]
    [InlineData("price STARTS WITH \"a\"", "position 7: price is a number; STARTS WITH is for strings")]
    [InlineData("brand = \"\"", "position 9: an empty string is no value; write brand EXISTS or NOT brand EXISTS")]
    [InlineData("tags HAS \"a b\"", "position 10: white space, commas and semicolons separate tags, so that no tag contains them; use = for the whole text")]
    [InlineData("id = 1\nAND Price > 3", "position 12: \"Price\" is not a field of the table; its fields are price, brand, in_stock, released, colors, id, key, product_id, tags, brief and 4 more")]
    public void A_type_error_names_the_field_and_both_types(string text, string message) => Samples.ErrorOf(text).ShouldBe(message);

    [Fact]
    public void A_message_shows_at_most_32_printable_characters_of_the_client()
    {
        Samples.ErrorOf($"price > \"{new string('x', 100)}\"").ShouldBe($"position 9: price is a number, but \"{new string('x', 31)}… is a string");
        Samples.ErrorOf("price > \"\u001b[31m\u202e\"").ShouldBe("position 9: price is a number, but \"�[31m�\" is a string");
    }
}
