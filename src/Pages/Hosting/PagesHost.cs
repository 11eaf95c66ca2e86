using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ImageSearch.Pages.Hosting;

/// <summary>
/// The pages, with services of their own that the first browser creates. A service whose pages nobody opens loads neither Blazor nor the
/// component library, so it starts as fast and keeps as little memory as without pages.
/// </summary>
public sealed class PagesHost : IAsyncDisposable
{
    private readonly Lazy<PagesApplication> _pages;
    private readonly TimeSpan _bodyDeadline;

    /// <summary>Pages that are not created yet.</summary>
    /// <param name="application">The service's own services.</param>
    /// <param name="options">What the pages need of it.</param>
    public PagesHost(IServiceProvider application, PagesOptions options)
    {
        _bodyDeadline = options.BodyDeadline;
        _pages = new Lazy<PagesApplication>(() => PagesApplication.Create(application, options, Calls));
    }

    /// <summary>Recognizes the pages' own calls to the APIs.</summary>
    public OwnCalls Calls { get; } = new();

    /// <summary>Answers a request of a browser.</summary>
    /// <param name="context">The request, whose PathBase is the path of the pages.</param>
    public async Task InvokeAsync(HttpContext context)
    {
        var pages = _pages.Value;
        PageHeaders.Add(context.Response);
        if (!OriginCheck.Allows(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var deadline = PageBodies.Bound(context, _bodyDeadline);
        // Errors of pages are pages, not the JSON of the APIs.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } statusPages) statusPages.Enabled = false;
        var outer = context.Features.Get<IServiceProvidersFeature>();
        await using var inner = new RequestServicesFeature(context, pages.Services.GetRequiredService<IServiceScopeFactory>());
        context.Features.Set<IServiceProvidersFeature>(inner);
        try
        {
            await pages.Run(context);
        }
        catch (OperationCanceledException) when (deadline is not null && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status408RequestTimeout;
        }
        finally
        {
            context.Features.Set(outer);
        }
    }

    /// <summary>TOKEN or the key of a browser that has logged in, for a call of the pages to the APIs.</summary>
    /// <param name="context">The call.</param>
    /// <returns>Null if it has no session, or may come from another site.</returns>
    public string? SecretOf(HttpContext context) => SessionCookie.MayBeUsed(context.Request)
        ? SessionCookie.SecretOf(context, _pages.Value.Services)
        : null;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pages.IsValueCreated ? _pages.Value.DisposeAsync() : ValueTask.CompletedTask;
}
