using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Pages.Figures;

/// <summary>The answer of <c>/health/ready</c>.</summary>
/// <param name="Status">Healthy, Degraded or Unhealthy.</param>
/// <param name="Checks">What was checked, and how it is.</param>
/// <param name="Loading">Tables whose index is being loaded.</param>
internal sealed record ServiceHealth(string Status, IReadOnlyDictionary<string, string> Checks, IReadOnlyList<LoadingTable> Loading)
{
    /// <summary>Asks the service.</summary>
    /// <param name="service">Its own address.</param>
    /// <param name="secret">TOKEN, for the names of tables; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null if it does not answer.</returns>
    public static async Task<ServiceHealth?> ReadAsync(HttpClient service, string? secret, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "health/ready");
        if (secret is not null) request.Headers.TryAddWithoutValidation("token", secret);
        try
        {
            // An unhealthy service answers with 503 and the reasons.
            using var answer = await service.SendAsync(request, cancellationToken);
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
