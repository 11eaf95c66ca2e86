using ImageSearch.Pages.Pictures;
using ImageSearch.Pages.Scripts;
using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ImageSearch.Pages.Adding;

/// <summary>The script of an upload (uploads.js).</summary>
internal sealed class UploadModule : IAsyncDisposable
{
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
        var script = await PageScript.LoadAsync(js, "uploads.js");
        var texts = new
        {
            TooLarge = session.Say(AddingWords.TooLarge),
            SameKey = session.Say(AddingWords.SameKey),
            BadName = session.Say(AddingWords.BadName),
            Unreadable = session.Say(AddingWords.Unreadable),
        };
        return new UploadModule(
            script, await script.InvokeAsync<IJSObjectReference>("create", page, new { Files = files, Folder = folder, Drop = drop }, texts, PictureSize.MaxBytes));
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
    public ValueTask DisposeAsync() => PageScript.EndAsync(
        async () =>
        {
            await _uploads.InvokeVoidAsync("dispose");
            await _uploads.DisposeAsync();
            await _script.DisposeAsync();
        });
}
