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
public abstract class ComponentTest : IAsyncLifetime
{
    private readonly StoredAnswers _service = new();
    private readonly HttpClient _http;

    protected ComponentTest()
    {
        _http = new HttpClient(_service) { BaseAddress = new Uri("http://service.test/") };
        Session = new PageSession(new ImageSearchClient(_http), PageAccess.Master, Language.English, TimeZoneInfo.Utc, HasLogin: true);
        Context.JSInterop.Mode = JSRuntimeMode.Loose;
        Context.Services.AddMudServices();
        Context.RenderTree.Add<CascadingValue<PageSession>>(session => session.Add(value => value.Value, Session));
    }

    protected BunitContext Context { get; } = new();

    private protected PageSession Session { get; }

    /// <summary>What was sent to the service, as <c>METHOD path</c>.</summary>
    protected IReadOnlyList<string> Calls => _service.Calls;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await Context.DisposeAsync();
        _http.Dispose();
    }

    /// <summary>Opens a dialog.</summary>
    protected async Task<IRenderedComponent<MudDialogProvider>> OpenAsync<T>(DialogParameters<T> parameters)
        where T : IComponent
    {
        Context.Render<MudPopoverProvider>();
        var provider = Context.Render<MudDialogProvider>();
        await provider.InvokeAsync(() => Context.Services.GetRequiredService<IDialogService>().ShowAsync<T>("", parameters));
        return provider;
    }

    /// <summary>A service that answers every call with 204.</summary>
    private sealed class StoredAnswers : HttpMessageHandler
    {
        public List<string> Calls { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            return Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.NoContent));
        }
    }
}
