using System.Net;
using System.Text;
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
    private readonly Dictionary<string, Func<Task<string>>> _answers = [];

    protected ComponentTest()
    {
        // On a busy machine a step takes longer than the second that assertions wait without this.
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddMudServices();
        Services.AddSingleton(_ => new HttpClient(new StoredAnswers(_calls, _answers)) { BaseAddress = new Uri("http://service.test/") });
        var client = new ImageSearchClient(Services.GetRequiredService<HttpClient>());
        var session = new PageSession(client, PageAccess.Master, Language.English, TimeZoneInfo.Utc, HasLogin: true);
        RenderTree.Add<CascadingValue<PageSession>>(value => value.Add(parameters => parameters.Value, session));
    }

    /// <summary>The clock.</summary>
    protected HeldTimers Time { get; } = new();

    /// <summary>What was sent to the service, as <c>METHOD path</c>.</summary>
    protected IReadOnlyList<string> Calls => _calls;

    /// <summary>Answers a call with JSON; calls without such an answer get 204.</summary>
    /// <param name="call"><c>METHOD path</c>.</param>
    /// <param name="json">Makes the answer.</param>
    protected void Answer(string call, Func<Task<string>> json) => _answers[call] = json;

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

    /// <summary>A service with prepared answers.</summary>
    private sealed class StoredAnswers(List<string> calls, Dictionary<string, Func<Task<string>>> answers) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var call = $"{request.Method} {request.RequestUri!.AbsolutePath}";
            calls.Add(call);
            if (!answers.TryGetValue(call, out var answer)) return new HttpResponseMessage(HttpStatusCode.NoContent);
            return new HttpResponseMessage { Content = new StringContent(await answer(), Encoding.UTF8, "application/json") };
        }
    }
}
