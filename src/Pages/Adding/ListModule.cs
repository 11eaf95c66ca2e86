using ImageSearch.Pages.Scripts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ImageSearch.Pages.Adding;

/// <summary>The script that sends a list (lists.js).</summary>
internal sealed class ListModule : IAsyncDisposable
{
    private readonly IJSObjectReference _script;
    private readonly IJSObjectReference _list;

    private ListModule(IJSObjectReference script, IJSObjectReference list) => (_script, _list) = (script, list);

    /// <summary>Loads the script for an input of a page.</summary>
    /// <param name="js">The browser.</param>
    /// <param name="page">Has the method Sent.</param>
    /// <param name="input">The input for a file.</param>
    public static async Task<ListModule> LoadAsync(IJSRuntime js, object page, ElementReference input)
    {
        var script = await PageScript.LoadAsync(js, "lists.js");
        return new ListModule(script, await script.InvokeAsync<IJSObjectReference>("create", page, input));
    }

    /// <summary>Opens the browser's dialog.</summary>
    public ValueTask ChooseAsync() => _list.InvokeVoidAsync("choose");

    /// <summary>The file that is chosen; null for none.</summary>
    public ValueTask<ChosenList?> ChosenAsync() => _list.InvokeAsync<ChosenList?>("chosen");

    /// <summary>Sends the file. It may take hours, so only the browser's end ends it.</summary>
    public ValueTask<ListAnswer> SendAsync(string path, string contentType, string idempotencyKey, bool mayRepeat) =>
        _list.InvokeAsync<ListAnswer>("send", Timeout.InfiniteTimeSpan, path, contentType, idempotencyKey, mayRepeat);

    /// <summary>Stops sending.</summary>
    public ValueTask StopAsync() => _list.InvokeVoidAsync("stop");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => PageScript.EndAsync(
        async () =>
        {
            await _list.InvokeVoidAsync("dispose");
            await _list.DisposeAsync();
            await _script.DisposeAsync();
        });
}

/// <summary>A file that is chosen.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record ChosenList(string Name, long Bytes);

/// <summary>The service's answer to a list.</summary>
/// <param name="Status">The HTTP status; 0 if there was none.</param>
/// <param name="Id">The import.</param>
/// <param name="Code">The code of the problem for which it was refused.</param>
/// <param name="Detail">Why it was refused.</param>
internal sealed record ListAnswer(int Status, string? Id, string? Code, string? Detail);
