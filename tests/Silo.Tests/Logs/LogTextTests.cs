using System.Text;
using ImageSearch.ServiceDefaults.Logs;

namespace ImageSearch.Silo.Tests.Logs;

/// <summary>The text of an event can't leave its line.</summary>
public sealed class LogTextTests
{
    [Theory]
    [InlineData("a\nb", "a\\nb")]
    [InlineData("a\r\n\tb", "a\\r\\n\\tb")]
    [InlineData("\u001b[31mred\u0007", "\\u001b[31mred\\u0007")]
    [InlineData("\u007f\u0085\u009b", "\\u007f\\u0085\\u009b")]
    [InlineData("\u2028\u2029\u202e\u2066\u200f", "\\u2028\\u2029\\u202e\\u2066\\u200f")]
    [InlineData("鞋 👟 é", "鞋 👟 é")]
    [InlineData(null, "")]
    public void Line_breaks_terminal_escapes_and_bidirectional_controls_are_escaped(string? text, string expected) =>
        new StringBuilder().AppendEscaped(text).ToString().ShouldBe(expected);

    [Theory]
    [InlineData('a')]
    [InlineData('鞋')]
    [InlineData('\u001b')]
    public void A_text_has_a_maximum_size_in_bytes(char letter)
    {
        var written = new StringBuilder().AppendEscaped(new string(letter, 100_000)).ToString();

        Encoding.UTF8.GetByteCount(written).ShouldBeLessThanOrEqualTo(LogText.MaxBytes + 16);
        written.ShouldEndWith("(cut)");
    }
}
