using ImageSearch.Pages.Languages;
using Microsoft.AspNetCore.Http;

namespace ImageSearch.Pages.Tests.Languages;

/// <summary>The language that a browser asks for.</summary>
public sealed class LanguageChoiceTests
{
    [Theory]
    [InlineData("zh-CN,zh;q=0.9,en;q=0.8", "zh")]
    [InlineData("en;q=0.5,zh;q=0.9", "zh")]
    [InlineData("fr", "en")]
    public void It_is_the_one_that_the_browser_likes_most(string accepted, string language) => Of(accepted).ShouldBe(language);

    [Fact]
    public void A_header_that_is_longer_than_those_of_browsers_is_not_parsed() => Of("zh," + new string(' ', 1024)).ShouldBe("en");

    private static string Of(string accepted) =>
        LanguageTag.Of(LanguageChoice.Of(new DefaultHttpContext { Request = { Headers = { AcceptLanguage = accepted } } }.Request))[..2];
}
