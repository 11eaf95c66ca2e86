using ImageSearch.Pages.Layout;
using ImageSearch.Pages.Scripts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ImageSearch.Pages.Searching.Inputs;

/// <summary>A component with a script of its own: an ES module of wwwroot.</summary>
public abstract class ScriptedComponent : PageComponent, IAsyncDisposable
{
    private readonly TaskCompletionSource<IJSObjectReference> _script = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>The file of the module.</summary>
    protected abstract string ScriptName { get; }

    /// <summary>The module, which is loaded when the component is shown.</summary>
    protected Task<IJSObjectReference> ScriptAsync() => _script.Task.WaitAsync(Closed);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        var script = await PageScript.LoadAsync(Js, ScriptName, Closed);
        _script.SetResult(script);
        await AttachAsync(script);
    }

    /// <summary>Gives the module its elements.</summary>
    protected abstract Task AttachAsync(IJSObjectReference script);

    /// <summary>Ends what the module does with its elements.</summary>
    protected abstract Task DetachAsync(IJSObjectReference script);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        GC.SuppressFinalize(this);
        if (!_script.Task.IsCompletedSuccessfully) return;
        var script = await _script.Task;
        await PageScript.EndAsync(
            async () =>
            {
                await DetachAsync(script);
                await script.DisposeAsync();
            });
    }
}
