using System.Text.Json;
using System.Text.Json.Serialization;
using ImageSearch.Pages.Sessions;

namespace ImageSearch.Pages.Figures;

/// <summary>
/// The answer of <c>/health/ready</c> with the tables whose index is being loaded. The client of <c>/v1</c> leaves them out: a silo answers
/// their number instead.
/// </summary>
/// <param name="Status">Healthy, Degraded or Unhealthy.</param>
/// <param name="Checks">What was checked, and how it is.</param>
/// <param name="Loading">Tables whose index is being loaded.</param>
internal sealed record ServiceHealth(string Status, IReadOnlyDictionary<string, string> Checks, IReadOnlyList<LoadingTable> Loading)
{
    /// <summary>Asks the service.</summary>
    /// <param name="clients">Reaches the service.</param>
    /// <param name="session">Who asks: names of tables are for TOKEN.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null if it does not answer.</returns>
    public static async Task<ServiceHealth?> ReadAsync(PageClients clients, BrowserSession session, CancellationToken cancellationToken)
    {
        try
        {
            // An unhealthy service answers with 503 and the reasons.
            using var answer = await clients.GetAsync(session, "health/ready", cancellationToken);
            return await JsonSerializer.DeserializeAsync(
                await answer.Content.ReadAsStreamAsync(cancellationToken), HealthJson.Default.ServiceHealth, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>A table whose index is being loaded.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Rows">The rows that are loaded.</param>
/// <param name="Of">All of its rows.</param>
internal sealed record LoadingTable(string? Table, long Rows, long Of);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServiceHealth))]
internal sealed partial class HealthJson : JsonSerializerContext;
