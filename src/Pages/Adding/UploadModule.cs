using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ImageSearch.Pages.Adding;

/// <summary>The script of an upload (uploads.js).</summary>
internal sealed class UploadModule : IAsyncDisposable
{
    // What the service takes of a picture.
    private const int MaxFileBytes = 20 * 1024 * 1024;

    private readonly IJSObjectReference _script;
    private readonly IJSObjectReference _uploads;

    private UploadModule(IJSObjectReference script, IJSObjectReference uploads) => (_script, _uploads) = (script, uploads);

    /// <summary>Loads the script for the inputs of a page.</summary>
    /// <param name="js">The browser.</param>
    /// <param name="page">Has the method Report.</param>
    /// <param name="session">Whose language errors have.</param>
    /// <param name="files">The input for files.</param>
    /// <param name="folder">The input for a folder.</param>
    /// <param name="drop">Where files are dropped.</param>
    public static async Task<UploadModule> LoadAsync(
        IJSRuntime js, object page, PageSession session, ElementReference files, ElementReference folder, ElementReference drop)
    {
        var script = await js.InvokeAsync<IJSObjectReference>("import", "./_content/ImageSearch.Pages/uploads.js");
        var texts = new
        {
            TooLarge = session.Say(AddingWords.TooLarge),
            SameKey = session.Say(AddingWords.SameKey),
            BadName = session.Say(AddingWords.BadName),
            Unreadable = session.Say(AddingWords.Unreadable),
        };
        return new UploadModule(
            script, await script.InvokeAsync<IJSObjectReference>("create", page, new { Files = files, Folder = folder, Drop = drop }, texts, MaxFileBytes));
    }

    /// <summary>Opens the browser's dialog: files or folder.</summary>
    public ValueTask ChooseAsync(string what) => _uploads.InvokeVoidAsync("choose", what);

    /// <summary>Sends what was chosen.</summary>
    public ValueTask StartAsync(string table, string keyRule, string? onExistingKey) => _uploads.InvokeVoidAsync("start", table, keyRule, onExistingKey);

    /// <summary>Pauses, goes on, stops or clears.</summary>
    public ValueTask DoAsync(string action) => _uploads.InvokeVoidAsync(action);

    /// <summary>Saves all errors as a file.</summary>
    public ValueTask SaveErrorsAsync(string name) => _uploads.InvokeVoidAsync("saveErrors", name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _uploads.InvokeVoidAsync("dispose");
            await _uploads.DisposeAsync();
            await _script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its scripts with it.
        }
    }
}
