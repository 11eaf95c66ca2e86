using System.Text;
using ImageSearch.Fetching.Http;

namespace ImageSearch.Fetching.Tests;

public sealed class TextResponseTests
{
    private const string Comment = "<!-- made by a shop -->";

    [Theory]
    [InlineData("<!DOCTYPE html><html>")]
    [InlineData("<!doctype HTML PUBLIC \"-//W3C//DTD XHTML 1.0\">")]
    [InlineData("<html lang=\"zh\">")]
    [InlineData("\r\n\t <HTML>")]
    [InlineData("\ufeff<html>")]
    [InlineData(Comment + "\n<!-- again --><html>")]
    [InlineData("<?xml version=\"1.0\"?>\n<!DOCTYPE html>")]
    [InlineData("<script>location='/login'</script>")]
    [InlineData("<head><title>商品</title>")]
    [InlineData("<h1>Not Found</h1>")]
    public void A_web_page_is_named_with_advice(string page)
    {
        var failure = TextResponse.Check(Encoding.UTF8.GetBytes(page)).ShouldNotBeNull();

        failure.ShouldBe(new Failure(
            FailureCode.PictureTypeUnknown, "the URL leads to a web page, not to a picture; give the address of the picture itself"));
        TextResponse.Check([0xff, 0xfe, .. Encoding.Unicode.GetBytes(page)]).ShouldBe(failure);
        TextResponse.Check([0xfe, 0xff, .. Encoding.BigEndianUnicode.GetBytes(page)]).ShouldBe(failure);
    }

    [Theory]
    [InlineData("{\"error\":\"not found\"}", "JSON")]
    [InlineData(" [1]", "JSON")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "XML")]
    [InlineData("<Error/>", "XML")]
    public void JSON_and_XML_are_named(string text, string kind) =>
        TextResponse.Check(Encoding.UTF8.GetBytes(text)).ShouldNotBeNull().Message.ShouldContain(kind);

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("<?xml version=\"1.0\"?>" + Comment + "<!DOCTYPE svg><svg/>")]
    [InlineData("GIF89a")]
    [InlineData("{\0\u0001")]
    public void Bytes_that_may_be_a_picture_pass(string content) =>
        TextResponse.Check(Encoding.UTF8.GetBytes(content)).ShouldBeNull();
}
