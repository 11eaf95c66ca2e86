using ImageSearch.Client;
using ImageSearch.Pages.Layout;
using ImageSearch.Pages.Searching.Inputs;
using ImageSearch.Pages.Sessions;
using ImageSearch.Pages.Welcome;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace ImageSearch.Pages.Searching;

/// <summary>
/// Searches a table. The address has the table, the item, the filter and the size of pages; a change of it, by a link or by the browser's
/// Back, is a search as well.
/// </summary>
public sealed partial class SearchPage : PageComponent
{
    private SearchedTable? _opened;
    private string? _tableFault;
    private SearchSubject _subject = new();
    private SearchOptions _options = new();
    private ShownSearch? _shown;
    private bool _isSampleWanted;
    private PicturePicker? _picker;

    /// <summary>The table of the address.</summary>
    [SupplyParameterFromQuery(Name = SearchAddress.Table)]
    public string? TableParameter { get; set; }

    /// <summary>The item of the address.</summary>
    [SupplyParameterFromQuery(Name = SearchAddress.Item)]
    public string? ItemParameter { get; set; }

    /// <summary>The filter of the address.</summary>
    [SupplyParameterFromQuery(Name = SearchAddress.Filter)]
    public string? FilterParameter { get; set; }

    /// <summary>The hits of a page in the address.</summary>
    [SupplyParameterFromQuery(Name = SearchAddress.Limit)]
    public string? LimitParameter { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private ShownSearch Shown => _shown ??= new ShownSearch(Session, Time, Closed);

    private string Status => Shown switch
    {
        { IsRunning: true } => Say(SearchWords.Searching),
        { Found: null } => _subject.IsEmpty ? Say(SearchWords.Start) : "",
        { Found.Hits.Count: 0 } => Say(SearchWords.Nothing),
        { Found: { NextCursor: not null, Hits.Count: var count } } => Say(SearchWords.FoundFirst, count),
        { Found.Hits.Count: 1 } => Say(SearchWords.FoundOne),
        { Found.Hits.Count: var count } => Say(SearchWords.Found, count),
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var isOther = _opened?.Name is null || TableParameter != _opened.Name;
        if (isOther && !await OpenTableAsync()) return;
        var item = SearchAddress.ItemOf(ItemParameter);
        var options = _options with { Filter = SearchAddress.FilterOf(FilterParameter), Limit = SearchAddress.LimitOf(LimitParameter) };
        if (!isOther && item == _subject.Item?.Id && options == _options) return;
        _options = options;
        if (item != _subject.Item?.Id) _subject = _subject with { Item = await LabelAsync(item), Unlike = [] };
        await SearchAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isSampleWanted || _picker is null) return;
        _isSampleWanted = false;
        await TakeSampleAsync();
    }

    /// <summary>Reads the table of the address, or leads to the first one.</summary>
    /// <returns>Whether there is something to search.</returns>
    private async Task<bool> OpenTableAsync()
    {
        var name = TableParameter;
        _tableFault = null;
        Shown.Clear();
        // Items and groups are those of a table.
        _subject = _subject with { Item = null, Unlike = [] };
        _options = _options with { GroupBy = null };
        try
        {
            _opened = await SearchedTable.OpenAsync(Client, name, Closed);
        }
        catch (ImageSearchException e)
        {
            (_opened, _tableFault) = (null, Session.Explain(e));
            return false;
        }

        if (name is null && _opened.Name is not null) ShowInAddress(isReplaced: true);
        return !_opened.IsEmpty;
    }

    private void ChooseTable(string? table)
    {
        if (table is not null) Navigation.NavigateTo($"?{SearchAddress.Table}={Uri.EscapeDataString(table)}");
    }

    private async Task SearchSamplesAsync(string table)
    {
        _isSampleWanted = true;
        var isSame = table == TableParameter;
        _opened = null;
        if (isSame) await OnParametersSetAsync();
        else ChooseTable(table);
    }

    private Task TakeSampleAsync() => _picker!.TakeSampleAsync(SamplePicture.AddressOf(SamplePicture.Scene));

    private async Task<ItemLabel?> LabelAsync(long? id)
    {
        if (id is not { } known) return null;
        try
        {
            return ItemLabel.Of(Session, await Client.Items(_opened!.Name!).GetAsync(known, cancellationToken: Closed));
        }
        catch (ImageSearchException)
        {
            Messages.Add(Say(SearchWords.NoSuchItem), Severity.Warning);
            return null;
        }
    }

    private Task SearchByAsync(SearchSubject subject)
    {
        var isSameItem = subject.Item?.Id == _subject.Item?.Id;
        if (!ReferenceEquals(subject.Picture, _subject.Picture)) Shown.ForgetMainObject();
        _subject = subject;
        ShowInAddress(isReplaced: isSameItem);
        return SearchAsync();
    }

    private Task SearchWithAsync(SearchOptions options)
    {
        _options = options;
        ShowInAddress(isReplaced: true);
        return SearchAsync();
    }

    private void ShowInAddress(bool isReplaced)
    {
        var address = Navigation.GetUriWithQueryParameters(SearchAddress.Of(_opened?.Name, _subject, _options));
        if (address != Navigation.Uri) Navigation.NavigateTo(address, replace: isReplaced);
    }

    private Task SearchAsync()
    {
        if (_opened?.Name is { } table && !_subject.IsEmpty) return RunAsync(() => Shown.FindAsync(table, _subject, _options));
        Shown.Clear();
        return Task.CompletedTask;
    }

    private Task SearchMoreAsync() => RunAsync(Shown.FindMoreAsync);

    private async Task RunAsync(Func<Task> search)
    {
        var run = TryAsync(_ => WithPictureAsync(search));
        StateHasChanged();
        await run;
    }

    // The picture stays in the browser, which may have lost it.
    private async Task WithPictureAsync(Func<Task> search)
    {
        try
        {
            await search();
        }
        catch (Exception e) when (e is JSException or IOException or TimeoutException)
        {
            Messages.Add(Say(InputWords.Gone), Severity.Error);
        }
    }
}
