using System.Globalization;
using ImageSearch.Client;
using ImageSearch.Pages.Languages;
using ImageSearch.Pages.Sessions;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ImageSearch.Pages.Layout;

/// <summary>A page, or a part of one: it speaks the session's language and calls the service as the session.</summary>
public abstract class PageComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    protected PageComponent() => Closed = _closed.Token;

    /// <summary>Who looks at the page.</summary>
    [CascadingParameter]
    public PageSession Session { get; set; } = null!;

    /// <summary>Shows messages.</summary>
    [Inject]
    protected ISnackbar Messages { get; set; } = null!;

    /// <summary>Calls the service.</summary>
    protected ImageSearchClient Client => Session.Client;

    /// <summary>Ends when the component is closed: its calls end with it.</summary>
    protected CancellationToken Closed { get; }

    /// <summary>A text in the session's language.</summary>
    protected string Say(Text text, params object?[] values) => Session.Say(text, values);

    /// <summary>A whole number with separators.</summary>
    protected static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A date of the service in the browser's time zone, as the language writes it.</summary>
    protected string Date(DateTimeOffset? date) => Session.Date(date);

    /// <summary>Calls the service, and shows why a call failed.</summary>
    /// <returns>Whether it succeeded.</returns>
    protected async Task<bool> TryAsync(Func<CancellationToken, Task> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        try
        {
            await call(Closed);
            return true;
        }
        catch (ImageSearchException e)
        {
            Messages.Add(Session.Explain(e), Severity.Error);
            return false;
        }
        catch (OperationCanceledException) when (Closed.IsCancellationRequested)
        {
            return false; // The user has left the page.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the component's calls.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        _closed.Cancel();
        _closed.Dispose();
    }
}
