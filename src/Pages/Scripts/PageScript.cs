using Microsoft.JSInterop;

namespace ImageSearch.Pages.Scripts;

/// <summary>The pages' own scripts: ES modules of wwwroot.</summary>
internal static class PageScript
{
    /// <summary>Loads a module within the time that a call of a browser has.</summary>
    /// <param name="js">The browser.</param>
    /// <param name="file">The module's file.</param>
    public static ValueTask<IJSObjectReference> LoadAsync(IJSRuntime js, string file) => js.InvokeAsync<IJSObjectReference>("import", PathOf(file));

    /// <summary>Loads a module.</summary>
    /// <param name="js">The browser.</param>
    /// <param name="file">The module's file.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static ValueTask<IJSObjectReference> LoadAsync(IJSRuntime js, string file, CancellationToken cancellationToken) =>
        js.InvokeAsync<IJSObjectReference>("import", cancellationToken, PathOf(file));

    /// <summary>Ends what scripts do, unless the browser is gone, and its scripts with it.</summary>
    /// <param name="end">Calls and disposes them.</param>
    public static async ValueTask EndAsync(Func<Task> end)
    {
        try
        {
            await end();
        }
        catch (JSDisconnectedException)
        {
            // There is nothing left to end.
        }
    }

    private static string PathOf(string file) => $"./_content/ImageSearch.Pages/{file}";
}
