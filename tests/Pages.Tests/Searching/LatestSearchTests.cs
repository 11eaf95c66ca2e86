using ImageSearch.Pages.Searching;

namespace ImageSearch.Pages.Tests.Searching;

/// <summary>A page shows the answer of its last search only.</summary>
public sealed class LatestSearchTests
{
    [Fact]
    public async Task A_new_search_ends_the_one_before()
    {
        var latest = new LatestSearch(CancellationToken.None);
        var first = latest.RunAsync(search => Task.Delay(Timeout.Infinite, search));
        var second = latest.RunAsync(_ => Task.CompletedTask);
        (await first).ShouldBeFalse();
        (await second).ShouldBeTrue();
        latest.IsRunning.ShouldBeFalse();
    }

    [Fact]
    public async Task An_answer_that_came_too_late_is_not_the_latest()
    {
        var latest = new LatestSearch(CancellationToken.None);
        var answer = new TaskCompletionSource();
        var first = latest.RunAsync(_ => answer.Task);
        var second = latest.RunAsync(search => Task.Delay(Timeout.Infinite, search));
        answer.SetResult();
        (await first).ShouldBeFalse();
        latest.IsRunning.ShouldBeTrue();
        (await latest.RunAsync(_ => Task.CompletedTask)).ShouldBeTrue();
        (await second).ShouldBeFalse();
    }

    [Fact]
    public async Task A_failure_that_came_too_late_says_nothing()
    {
        var latest = new LatestSearch(CancellationToken.None);
        var answer = new TaskCompletionSource();
        var first = latest.RunAsync(_ => answer.Task);
        var second = latest.RunAsync(_ => Task.CompletedTask);
        answer.SetException(new IOException());
        (await first).ShouldBeFalse();
        (await second).ShouldBeTrue();
    }

    [Fact]
    public async Task Leaving_the_page_ends_a_search()
    {
        using var closed = new CancellationTokenSource();
        var run = new LatestSearch(closed.Token).RunAsync(search => Task.Delay(Timeout.Infinite, search));
        await closed.CancelAsync();
        (await run).ShouldBeFalse();
    }
}
