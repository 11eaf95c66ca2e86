using ImageSearch.Pages.Lists;

namespace ImageSearch.Pages.Tests.Lists;

/// <summary>Lists of the service by page.</summary>
public sealed class PagedListTests
{
    private int _read;

    [Fact]
    public async Task A_page_has_as_many_entries_as_asked_for()
    {
        var list = await OpenAsync(count: 5, size: 2);

        list.Entries.ShouldBe([1, 2]);
        (list.HasPrevious, list.HasNext).ShouldBe((false, true));
    }

    [Fact]
    public async Task Only_the_shown_page_is_read_and_one_entry_that_says_whether_more_follow()
    {
        await OpenAsync(count: 1000, size: 10);

        _read.ShouldBe(11);
    }

    [Fact]
    public async Task The_last_page_has_the_rest()
    {
        var list = await OpenAsync(count: 5, size: 2);

        await list.NextAsync();
        await list.NextAsync();

        list.Entries.ShouldBe([5]);
        (list.Number, list.HasNext).ShouldBe((3, false));
    }

    [Fact]
    public async Task A_page_that_was_shown_is_shown_again_without_reading()
    {
        var list = await OpenAsync(count: 9, size: 2);
        await list.NextAsync();
        var read = _read;

        list.Previous();
        list.Entries.ShouldBe([1, 2]);
        await list.NextAsync();

        list.Entries.ShouldBe([3, 4]);
        _read.ShouldBe(read);
    }

    [Fact]
    public async Task Pages_shown_long_ago_are_forgotten()
    {
        var list = await OpenAsync(count: 1000, size: 1);
        for (var i = 0; i < 100; i++) await list.NextAsync();

        var back = 0;
        for (; list.HasPrevious; back++) list.Previous();

        back.ShouldBe(19);
        list.Entries.ShouldBe([82]);
        list.Number.ShouldBe(82);
    }

    [Fact]
    public async Task An_empty_list_has_one_page()
    {
        var list = await OpenAsync(count: 0, size: 2);

        list.Entries.ShouldBeEmpty();
        (list.HasPrevious, list.HasNext).ShouldBe((false, false));
    }

    [Fact]
    public async Task A_list_whose_reading_failed_keeps_the_shown_page()
    {
        var list = await PagedList.OpenAsync(FailingAsync(), 2, CancellationToken.None);

        await Should.ThrowAsync<InvalidOperationException>(list.NextAsync);

        list.Entries.ShouldBe([1, 2]);
        list.HasNext.ShouldBeFalse();
    }

    [Fact]
    public async Task An_entry_is_replaced_and_removed()
    {
        var list = await OpenAsync(count: 3, size: 3);

        list.Replace(entry => entry == 2, 20);
        list.Remove(entry => entry == 1);

        list.Entries.ShouldBe([20, 3]);
    }

    private Task<PagedList<int>> OpenAsync(int count, int size) => PagedList.OpenAsync(CountAsync(count), size, CancellationToken.None);

    private async IAsyncEnumerable<int> CountAsync(int count)
    {
        await Task.Yield();
        for (_read = 1; _read <= count; _read++) yield return _read;
    }

    private static async IAsyncEnumerable<int> FailingAsync()
    {
        await Task.Yield();
        for (var i = 1; i <= 3; i++) yield return i;
        throw new InvalidOperationException("the service is gone");
    }
}
