using ImageSearch.Cli.Terminal;

namespace ImageSearch.Cli.Tests;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain 红 😀", "plain 红 😀")]
    [InlineData("\u001b[31mred\u0007", " [31mred ")]
    [InlineData("a\tb\nc\r\u009bd", "a b c  d")]
    [InlineData("gpj.\u202Eexe", "gpj. exe")]
    [InlineData(null, "")]
    public void Control_characters_and_those_that_turn_the_direction_become_spaces(string? text, string expected) =>
        SafeText.Of(text).ShouldBe(expected);
}
