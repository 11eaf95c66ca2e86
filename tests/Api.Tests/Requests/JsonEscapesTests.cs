using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Api.Http.Fields;

namespace ImageSearch.Api.Tests.Requests;

public sealed class JsonEscapesTests
{
    [Theory]
    [InlineData("""ab\/cd""", "ab/cd")]
    [InlineData("""\u002Bx\u002b""", "+x+")]
    [InlineData("""a\nb\r\tc""", "a\nb\r\tc")]
    [InlineData("""\"\\""", "\"\\")]
    [InlineData("""x\u00e9""", "x\0")]
    public void Escapes_are_resolved(string text, string resolved) => Resolve(text).ShouldBe(resolved);

    [Fact]
    public void The_escapes_of_a_JSON_writer_are_resolved() =>
        Prop.ForAll(
                Gen.Choose(0x20, 0x7E).Select(code => (char)code).ArrayOf().Select(characters => new string(characters)).ToArbitrary(),
                text => Resolve(JsonSerializer.Serialize(text)[1..^1]) == text)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static string Resolve(string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        return Encoding.ASCII.GetString(bytes, 0, JsonEscapes.Resolve(bytes));
    }
}
