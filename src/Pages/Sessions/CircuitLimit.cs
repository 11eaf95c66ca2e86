using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace ImageSearch.Pages.Sessions;

/// <summary>
/// Counts the circuits, each a page that is open in a browser with about 0.9 MB of this process. One secret can't open so many that others
/// get none.
/// </summary>
internal sealed class CircuitLimit
{
    /// <summary>Maximum number of circuits.</summary>
    public const int Max = 500;

    /// <summary>Maximum number of circuits of one secret.</summary>
    public const int MaxOfSecret = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _ofSecret = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Counts a circuit.</summary>
    /// <returns>Whether there may be one more.</returns>
    public bool TryOpen(BrowserSession session)
    {
        lock (_gate)
        {
            if (_all == Max) return false;
            if (session.Secret is { } secret)
            {
                var count = _ofSecret.GetValueOrDefault(secret);
                if (count == MaxOfSecret) return false;
                _ofSecret[secret] = count + 1;
            }

            _all++;
            return true;
        }
    }

    /// <summary>A circuit that was counted is closed.</summary>
    public void Close(BrowserSession session)
    {
        lock (_gate)
        {
            _all--;
            if (session.Secret is not { } secret) return;
            if (--_ofSecret[secret] == 0) _ofSecret.Remove(secret);
        }
    }
}

/// <summary>Counts one circuit.</summary>
internal sealed class CountedCircuit(CircuitLimit limit, AuthenticationStateProvider authentication) : CircuitHandler
{
    private BrowserSession? _counted;

    /// <inheritdoc/>
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var session = BrowserSession.Of((await authentication.GetAuthenticationStateAsync()).User);
        // The circuit ends with the exception, and the browser shows that the page failed.
        if (!limit.TryOpen(session)) throw new InvalidOperationException("Too many pages are open.");
        _counted = session;
    }

    /// <inheritdoc/>
    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_counted is { } session) limit.Close(session);
        _counted = null;
        return Task.CompletedTask;
    }
}
