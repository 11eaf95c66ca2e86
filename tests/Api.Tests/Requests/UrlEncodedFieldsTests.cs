using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Api.Http.Fields;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Api.Tests.Requests;

public sealed class UrlEncodedFieldsTests
{
    private static readonly Encoding Gbk = FieldCharset.Named("gbk").Value!;

    [Theory]
    [InlineData("key=a", "a")]
    [InlineData("key=a+b", "a b")]
    [InlineData("key=a%2Bb%20c", "a+b c")]
    [InlineData("key=%E5%95%86", "商")]
    [InlineData("key=商", "商")]
    [InlineData("k%65y=a=b", "a=b")]
    [InlineData("&&key=a&", "a")]
    [InlineData("key=100%", "100%")]
    [InlineData("key=%zz%4", "%zz%4")]
    [InlineData("key=%%41", "%A")]
    [InlineData("key", "")]
    [InlineData("key=", "")]
    public void A_field_is_read_as_a_browser_writes_it(string form, string expected) =>
        Fields(form).Text("key").Value.ShouldBe(expected);

    [Fact]
    public void Any_escaped_text_is_decoded() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<NonNull<string>>(),
            text =>
            {
                var meant = string.Concat(text.Get.EnumerateRunes());
                Fields($"key={Uri.EscapeDataString(meant)}&x=y").Text("key").Value.ShouldBe(meant);
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GBK_is_accepted_where_the_content_type_or_the_form_names_it(bool escaped)
    {
        var key = escaped ? Encoding.ASCII.GetBytes(string.Concat(Gbk.GetBytes("商品甲").Select(b => $"%{b:X2}"))) : Gbk.GetBytes("商品甲");

        Fields([.. "key="u8, .. key], "application/x-www-form-urlencoded; charset=GBK").Text("key").Value.ShouldBe("商品甲");
        Fields([.. "key="u8, .. key, .. "&_charset_=gbk"u8], "application/x-www-form-urlencoded").Text("key").Value.ShouldBe("商品甲");
        Fields([.. "key="u8, .. key], "application/x-www-form-urlencoded").Text("key").Failure.ShouldNotBeNull()
            .Message.ShouldContain("not valid UTF-8");
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_rejected() =>
        UrlEncodedFields.Parse("k%C9=a"u8.ToArray(), null).Failure.ShouldNotBeNull().Message.ShouldContain("not valid UTF-8");

    [Fact]
    public void A_field_that_is_sent_twice_is_rejected_when_it_is_read()
    {
        var fields = Fields("key=p&table=t&key=q");
        fields.Text("table").Value.ShouldBe("t");
        fields.Text("key").Failure.ShouldNotBeNull().Message.ShouldBe("key is sent more than once: send it once");
        fields.List("key", 10).Failure.ShouldNotBeNull();
        fields.Base64("key").Failure.ShouldNotBeNull();
        Fields("limit=1&limit=2").Number("limit", 10, 1, 100).Failure.ShouldNotBeNull().Message.ShouldContain("more than once");
    }

    [Fact]
    public void More_than_64_fields_are_rejected() =>
        UrlEncodedFields.Parse(Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 65))), null).Failure.ShouldNotBeNull();

    [Fact]
    public void A_query_string_follows_the_same_rules()
    {
        var query = new QueryString("?key=%E5%95%86&table=t");
        new RequestFields(QueryFields.Parse(query).Value!).Text("key").Value.ShouldBe("商");
        QueryFields.Parse(new QueryString("??table=t")).Value!.Keys.ShouldBe(["?table"]);
        QueryFields.Parse(QueryString.Empty).Value!.ShouldBeEmpty();
        QueryFields.Check(new QueryString("?table=a&table=b"), "table").ShouldNotBeNull().Message.ShouldContain("more than once");
        QueryFields.Check(new QueryString("?table=%C9%CC"), "table").ShouldNotBeNull().Message.ShouldContain("not valid UTF-8");
        QueryFields.Check(new QueryString("?a=1&a=2&table=b"), "table").ShouldBeNull();
    }

    private static RequestFields Fields(string form) => Fields(Encoding.UTF8.GetBytes(form), null);

    private static RequestFields Fields(byte[] form, string? contentType) => new(UrlEncodedFields.Parse(form, contentType).Value!);
}
