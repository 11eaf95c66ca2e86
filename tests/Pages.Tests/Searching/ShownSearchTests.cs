using System.Net;
using System.Text;
using ImageSearch.Client;
using ImageSearch.Client.Problems;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Searching;
using ImageSearch.Pages.Sessions;

namespace ImageSearch.Pages.Tests.Searching;

/// <summary>What a page shows after searches that succeed or fail.</summary>
public sealed class ShownSearchTests : IDisposable
{
    private static readonly SearchSubject Subject = new() { Item = new ItemLabel(7, "a", null) };

    private readonly Queue<(HttpStatusCode Status, string Json)> _answers = new();
    private readonly HttpClient _http;
    private readonly ShownSearch _shown;

    public ShownSearchTests()
    {
        _http = new HttpClient(new PreparedAnswers(_answers)) { BaseAddress = new Uri("http://service.test/") };
        var client = new ImageSearchClient(_http, new ImageSearchClientOptions { MaxRetries = 0 });
        _shown = new ShownSearch(
            new PageSession(client, PageAccess.Master, Language.English, TimeZoneInfo.Utc, HasLogin: false), TimeProvider.System, CancellationToken.None);
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_next_page_is_shown_below_the_one_before()
    {
        AnswerHit(1, nextCursor: "next");
        AnswerHit(2);

        await FindAsync();
        await _shown.FindMoreAsync();

        Ids.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_wrong_filter_is_said_beside_it_until_the_next_search()
    {
        AnswerHit(1);
        AnswerProblem(ProblemCode.FilterInvalid);
        AnswerHit(2);

        await FindAsync();
        await FindAsync();
        (_shown.FilterFault, _shown.Found).ShouldBe(("what is wrong", null));
        await FindAsync();

        _shown.FilterFault.ShouldBeNull();
        Ids.ShouldBe([2]);
    }

    [Fact]
    public async Task A_search_that_fails_shows_nothing()
    {
        AnswerHit(1);
        AnswerProblem(ProblemCode.TableNotFound);

        await FindAsync();
        await Should.ThrowAsync<ProblemException>(FindAsync);

        _shown.Found.ShouldBeNull();
    }

    [Fact]
    public async Task A_next_page_that_fails_leaves_the_pages_before_it()
    {
        AnswerHit(1, nextCursor: "next");
        AnswerProblem(ProblemCode.Internal);

        await FindAsync();
        await Should.ThrowAsync<ProblemException>(_shown.FindMoreAsync);

        Ids.ShouldBe([1]);
    }

    private IEnumerable<long> Ids => _shown.Found!.Hits.Select(hit => hit.Id);

    private Task FindAsync() => _shown.FindAsync("shop", Subject, new SearchOptions());

    private void AnswerHit(long id, string? nextCursor = null) =>
        _answers.Enqueue((HttpStatusCode.OK, $$"""{"hits":[{"id":{{id}},"score":1}],"next_cursor":{{(nextCursor is null ? "null" : $"\"{nextCursor}\"")}}}"""));

    private void AnswerProblem(string code) =>
        _answers.Enqueue((HttpStatusCode.BadRequest, $$"""{"code":"{{code}}","detail":"what is wrong"}"""));

    /// <summary>A service with prepared answers, one a call.</summary>
    private sealed class PreparedAnswers(Queue<(HttpStatusCode Status, string Json)> answers) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var (status, json) = answers.Dequeue();
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
        }
    }
}
