using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using ImageSearch.Client;
using ImageSearch.Client.Problems;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Sessions;

namespace ImageSearch.Pages.Tests.Sessions;

/// <summary>Problems of the service in the language of the pages.</summary>
public sealed class ProblemExplanationTests
{
    private const string Detail = "what the service says";

    /// <summary>A person at the pages does not meet them: the pages would have to be wrong, or open from a foreign page.</summary>
    private static readonly string[] KeptInEnglish =
    [
        ProblemCode.Base64Invalid, ProblemCode.OriginForbidden, ProblemCode.PathNotFound, ProblemCode.MethodNotAllowed, ProblemCode.MediaTypeUnsupported,
    ];

    private static IEnumerable<string> Codes =>
        typeof(ProblemCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (string)code.GetRawConstantValue()!);

    [Fact]
    public void Each_code_has_a_Chinese_text_or_is_kept_in_English() => ProblemWords.ByCode.Keys.Concat(KeptInEnglish).ShouldBe(Codes, ignoreOrder: true);

    [Fact]
    public void English_pages_show_the_detail() =>
        SessionOf(Language.English).Explain(ProblemCode.PictureCorrupt, Detail).ShouldBe(Detail);

    [Fact]
    public void Chinese_pages_say_what_the_code_means() =>
        SessionOf(Language.Chinese).Explain(ProblemCode.PictureCorrupt, Detail).ShouldBe("图片文件已损坏，请重新保存后再试。");

    [Fact]
    public void Facts_that_only_the_detail_has_follow() =>
        SessionOf(Language.Chinese).Explain(ProblemCode.FilterInvalid, Detail).ShouldBe($"过滤条件有误。详情：{Detail}");

    [Theory]
    [InlineData(null)]
    [InlineData("newer_than_the_pages")]
    [InlineData(ProblemCode.Base64Invalid)]
    public void A_code_without_a_Chinese_text_keeps_the_detail(string? code) => SessionOf(Language.Chinese).Explain(code, Detail).ShouldBe(Detail);

    [Theory]
    [InlineData(null, "调用次数超出密钥的速率限制。请稍后重试。")]
    [InlineData(0.0, "调用次数超出密钥的速率限制。请在 1 秒后重试。")]
    [InlineData(30.0, "调用次数超出密钥的速率限制。请在 30 秒后重试。")]
    public async Task How_long_to_wait_is_said(double? seconds, string expected)
    {
        using var http = new HttpClient(new Refusal(seconds)) { BaseAddress = new Uri("http://service.test/") };
        var client = new ImageSearchClient(http, new ImageSearchClientOptions { MaxRetries = 0 });

        var failure = await Should.ThrowAsync<ProblemException>(() => client.Tables.GetAsync("shop"));

        (SessionOf(Language.Chinese) with { Client = client }).Explain(failure).ShouldBe(expected);
    }

    private static PageSession SessionOf(Language language) => new(null!, PageAccess.Master, language, TimeZoneInfo.Utc, HasLogin: true);

    /// <summary>A service whose rate is exceeded.</summary>
    private sealed class Refusal(double? seconds) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests)
            {
                Content = new StringContent($$"""{"code":"{{ProblemCode.RateExceeded}}","detail":"{{Detail}}"}"""),
            };
            if (seconds is { } wait) answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(wait));
            return Task.FromResult(answer);
        }
    }
}
