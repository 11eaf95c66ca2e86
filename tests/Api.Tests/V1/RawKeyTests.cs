using ImageSearch.Api.V1.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ImageSearch.Api.Tests.V1;

public sealed class RawKeyTests
{
    [Theory]
    [InlineData("/v1/tables/t/items/a", "a")]
    [InlineData("/v1/tables/t/items/a?x=/b", "a")]
    [InlineData("/v1/tables/t/items/a/b", "a/b")]
    [InlineData("/v1/tables/t/items/a%2Fb", "a/b")]
    [InlineData("/v1/tables/t/items/a%252Fb", "a%2Fb")]
    [InlineData("/v1/tables/t/items/a+b%20c%2B", "a+b c+")]
    [InlineData("/v1/tables/t/items/%E5%80%BC", "值")]
    [InlineData("/v1/tables/t/items/%20a%20", "a")]
    [InlineData("http://host/v1/tables/t/items/a%2Fb", "a/b")]
    public void A_key_is_what_the_client_sent(string target, string key) => Read(target).Value.ShouldBe(key);

    [Theory]
    [InlineData("/v1/tables/t/items/")]
    [InlineData("/v1/tables/t/items")]
    [InlineData("/v1/tables/t/items/%20")]
    [InlineData("/v1/tables/t/items/%FF")]
    public void Other_text_is_not_a_key(string target) => Read(target).Failure!.Field.ShouldBe("key");

    [Fact]
    public void A_key_has_at_most_255_characters()
    {
        var emoji = Uri.EscapeDataString(string.Concat(Enumerable.Repeat("😀", 255)));
        Read($"/v1/tables/t/items/{emoji}").Failure.ShouldBeNull();
        Read($"/v1/tables/t/items/{emoji}x").Failure!.Field.ShouldBe("key");
    }

    private static Result<string> Read(string target)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        return RawKey.Read(context);
    }
}
