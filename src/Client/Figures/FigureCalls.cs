using ImageSearch.Client.Http;
using ImageSearch.Client.Json;

namespace ImageSearch.Client.Figures;

/// <summary>The call for figures of the process that answers it. It needs the service's TOKEN and throws <see cref="ImageSearchException"/>.</summary>
public sealed class FigureCalls
{
    private readonly CallSender _sender;

    internal FigureCalls(CallSender sender) => _sender = sender;

    /// <summary>The figures of the last hour.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<ServiceFigures> GetAsync(CancellationToken cancellationToken = default) =>
        _sender.ReadAsync(new Call(HttpMethod.Get, Call.PathOf("figures")), ClientJson.Wire.ServiceFigures, cancellationToken);
}
