using System.Text;
using ImageSearch.Api.Http.Fields;

namespace ImageSearch.Api.Tests.Requests;

public sealed class FieldCharsetTests
{
    [Theory]
    [InlineData("text/plain; charset=GBK", "商品甲")]
    [InlineData("text/plain; charset=\"gb2312\"", "商品甲")]
    [InlineData("text/plain;charset=GB18030", "商品甲𠮷€")]
    [InlineData("text/plain; charset=Big5", "商品乙")]
    [InlineData("text/plain; charset=Shift_JIS", "商品ソ表")]
    [InlineData("text/plain; charset=euc-kr", "상품")]
    [InlineData("text/plain; charset=ISO-8859-1", "Größe")]
    [InlineData("text/plain; charset=windows-1251", "товар")]
    [InlineData("text/plain; charset=utf8", "商品甲")]
    public void A_known_charset_is_used(string contentType, string text)
    {
        var encoding = FieldCharset.OfContentType(contentType).Value.ShouldNotBeNull();
        FieldText.Decode(encoding.GetBytes(text), encoding).Value.ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("text/plain; charset=")]
    [InlineData("text/plain; charset=no-such-charset")]
    [InlineData("no content type; ; charset=")]
    public void Without_a_known_charset_there_is_not_one(string? contentType) => FieldCharset.OfContentType(contentType).Value.ShouldBeNull();

    [Theory]
    [InlineData("utf-7")]
    [InlineData("utf-16")]
    [InlineData("utf-16be")]
    [InlineData("utf-32")]
    [InlineData("iso-2022-jp")]
    [InlineData("iso-2022-kr")]
    [InlineData("hz-gb-2312")]
    [InlineData("IBM037")]
    public void A_charset_in_which_ASCII_is_not_ASCII_is_rejected_or_unknown(string name)
    {
        var named = FieldCharset.Named(name);
        (named.Failure is not null || named.Value is null).ShouldBeTrue();
        if (name != "utf-7") named.Failure.ShouldNotBeNull().Message.ShouldContain("send it in UTF-8");
    }

    [Theory]
    [InlineData("utf-8", new byte[] { 0xC9, 0xCC })]
    [InlineData("us-ascii", new byte[] { 0xC9, 0xCC })]
    [InlineData("utf-8", new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData("utf-8", new byte[] { 0xC0, 0xAF })]
    [InlineData("gbk", new byte[] { 0xC9 })]
    [InlineData("gbk", new byte[] { 0xC9, 0x20 })]
    [InlineData("gb18030", new byte[] { 0x81, 0x30, 0x81 })]
    [InlineData("big5", new byte[] { 0xA4 })]
    [InlineData("shift_jis", new byte[] { 0x8F })]
    public void Bytes_that_are_invalid_in_the_charset_are_rejected(string name, byte[] bytes) =>
        FieldText.Decode(bytes, FieldCharset.Named(name).Value!).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.RequestInvalid);

    [Fact]
    public void JSON_is_UTF_8_and_ASCII_passes_under_any_name()
    {
        FieldCharset.CheckJson("application/json; charset=gbk", """{"key":"a"}"""u8).ShouldBeNull();
        FieldCharset.CheckJson("application/json; charset=iso-8859-1", """{"key":"甲"}"""u8).ShouldBeNull();
        FieldCharset.CheckJson(null, """{"key":"甲"}"""u8).ShouldBeNull();

        // In GBK this character is C4 A3, which is valid UTF-8 of another one.
        var accident = FieldCharset.Named("gbk").Value!.GetBytes("{\"key\":\"模\"}");
        Encoding.UTF8.GetString(accident).ShouldNotContain('\uFFFD');
        FieldCharset.CheckJson("application/json; charset=gbk", accident).ShouldNotBeNull().Message.ShouldContain("JSON must be UTF-8");
    }
}
