using System.Runtime.CompilerServices;
using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Imports;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A client has some time for each item of a list, and as long as it likes for all of them.</summary>
public sealed class ItemDeadlineTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Clock _clock = new();

    [Fact]
    public async Task A_client_that_brings_no_item_in_time_is_too_slow_however_often_it_sends_a_byte()
    {
        using var deadline = new ItemDeadline(_clock, CancellationToken.None);
        await using var lines = deadline.ReadAsync(SendAsync(0, deadline.Token)).GetAsyncEnumerator();
        var reading = lines.MoveNextAsync().AsTask();

        _clock.Advance(RequestLimits.BodyDeadline - Second);
        deadline.Token.IsCancellationRequested.ShouldBeFalse();
        _clock.Advance(Second);

        await Should.ThrowAsync<OperationCanceledException>(reading);
    }

    [Fact]
    public async Task What_is_done_with_an_item_is_not_the_clients_time()
    {
        using var deadline = new ItemDeadline(_clock, CancellationToken.None);
        var read = 0;
        await foreach (var line in deadline.ReadAsync(SendAsync(3, deadline.Token)))
        {
            line.Number.ShouldBe(read);
            _clock.Advance(2 * RequestLimits.BodyDeadline);
            if (++read == 3) break;
        }

        read.ShouldBe(3);
        deadline.Token.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_list()
    {
        using var gone = new CancellationTokenSource();
        using var deadline = new ItemDeadline(_clock, gone.Token);
        await using var lines = deadline.ReadAsync(SendAsync(0, deadline.Token)).GetAsyncEnumerator();
        var reading = lines.MoveNextAsync().AsTask();

        await gone.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(reading);
    }

    // Items that are there at once, then nothing more.
    private static async IAsyncEnumerable<ListLine> SendAsync(int count, [EnumeratorCancellation] CancellationToken deadline)
    {
        for (var number = 0; number < count; number++) yield return new ListLine(number, new ImportItem(number, "http://x/", null, new PictureTexts()));
        await Task.Delay(Timeout.InfiniteTimeSpan, deadline);
    }
}
