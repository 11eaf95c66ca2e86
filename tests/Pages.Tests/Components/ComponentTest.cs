using System.Net;
using Bunit;
using ImageSearch.Client;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace ImageSearch.Pages.Tests.Components;

/// <summary>Draws components without a browser, in English, with everything allowed.</summary>
public abstract class ComponentTest : BunitContext, IAsyncLifetime
{
    private readonly List<string> _calls = [];

    protected ComponentTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(_ => new HttpClient(new StoredAnswers(_calls)) { BaseAddress = new Uri("http://service.test/") });
        var client = new ImageSearchClient(Services.GetRequiredService<HttpClient>());
        var session = new PageSession(client, PageAccess.Master, Language.English, TimeZoneInfo.Utc, HasLogin: true);
        RenderTree.Add<CascadingValue<PageSession>>(value => value.Add(parameters => parameters.Value, session));
    }

    /// <summary>What was sent to the service, as <c>METHOD path</c>.</summary>
    protected IReadOnlyList<string> Calls => _calls;

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    /// <summary>Opens a dialog.</summary>
    protected async Task<IRenderedComponent<MudDialogProvider>> OpenAsync<T>(DialogParameters<T> parameters)
        where T : IComponent
    {
        Render<MudPopoverProvider>();
        var provider = Render<MudDialogProvider>();
        await provider.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<T>("", parameters));
        return provider;
    }

    /// <summary>A service that answers every call with 204.</summary>
    private sealed class StoredAnswers(List<string> calls) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            calls.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
        }
    }
}
