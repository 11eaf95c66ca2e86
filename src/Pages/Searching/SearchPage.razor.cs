using ImageSearch.Client;
using ImageSearch.Client.Problems;
using ImageSearch.Pages.Layout;
using ImageSearch.Pages.Searching.Inputs;
using ImageSearch.Pages.Searching.Results;
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
    private FoundHits? _found;
    private RegionBox? _mainObject;
    private string? _filterFault;
    private LatestSearch? _latest;
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

    private LatestSearch Latest => _latest ??= new LatestSearch(Closed);

    private bool IsSearching => Latest.IsRunning;

    private string Status => this switch
    {
        { IsSearching: true } => Say(SearchWords.Searching),
        { _found: null } => _subject.IsEmpty ? Say(SearchWords.Start) : "",
        { _found.Hits.Count: 0 } => Say(SearchWords.Nothing),
        { _found.NextCursor: not null } => Say(SearchWords.FoundFirst, _found.Hits.Count),
        { _found.Hits.Count: 1 } => Say(SearchWords.FoundOne),
        _ => Say(SearchWords.Found, _found.Hits.Count),
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
        (_found, _mainObject, _tableFault, _filterFault) = (null, null, null, null);
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
        if (!ReferenceEquals(subject.Picture, _subject.Picture)) _mainObject = null;
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
        if (_opened?.Name is { } table && !_subject.IsEmpty)
            return RunAsync(search => new ItemSearch(Client, Time).FindAsync(table, _subject, _options, search), keepsFound: false);
        _found = null;
        return Task.CompletedTask;
    }

    private Task SearchMoreAsync() =>
        _found is { } found ? RunAsync(search => new ItemSearch(Client, Time).FindMoreAsync(found, search), keepsFound: true) : Task.CompletedTask;

    private async Task RunAsync(Func<CancellationToken, Task<FoundHits>> find, bool keepsFound)
    {
        _filterFault = null;
        FoundHits? found = null;
        var run = Latest.RunAsync(async search => await TryAsync(async _ => found = await ExplainAsync(() => find(search))));
        StateHasChanged();
        if (!await run || (found is null && keepsFound)) return;
        _found = found;
        // That of the whole picture stays while a part is searched by: a part has a main object of its own.
        if (found is { Subject.IsByPicture: true } && (found.Subject.Region is null || _mainObject is null)) _mainObject = found.MainObject;
    }

    /// <summary>Says what the page itself knows of a failure.</summary>
    private async Task<FoundHits?> ExplainAsync(Func<Task<FoundHits>> find)
    {
        try
        {
            return await find();
        }
        catch (ProblemException e) when (e.Code == ProblemCode.FilterInvalid)
        {
            _filterFault = Session.Explain(e);
        }
        catch (Exception e) when (e is JSException or IOException or TimeoutException)
        {
            Messages.Add(Say(InputWords.Gone), Severity.Error);
        }

        return null;
    }
}
