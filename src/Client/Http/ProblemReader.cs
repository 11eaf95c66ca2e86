using System.Text.Json;
using ImageSearch.Client.Json;
using ImageSearch.Client.Problems;

namespace ImageSearch.Client.Http;

/// <summary>Reads the answer of a call that failed.</summary>
internal static class ProblemReader
{
    // A problem has a few hundred bytes; a proxy may send a page.
    private const int MaxBytes = 64 * 1024;

    private const string RequestIdName = "X-Request-Id";

    public static async Task<ProblemException> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var problem = await ReadProblemAsync(response, cancellationToken).ConfigureAwait(false) ?? new Problem
        {
            Title = response.ReasonPhrase ?? "",
            Detail = $"HTTP {(int)response.StatusCode} without a description; check whether the service or a proxy in front of it answered",
        };
        var requestId = response.Headers.TryGetValues(RequestIdName, out var values) ? values.FirstOrDefault() : null;
        return new ProblemException(problem with { Status = (int)response.StatusCode }, RetryAfter(response, time), requestId);
    }

    // A problem that is cut off or is no JSON still has a status.
    private static async Task<Problem?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = new byte[MaxBytes];
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var count = await stream.ReadAtLeastAsync(bytes, MaxBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(bytes.AsSpan(0, count), ClientJson.Wire.Problem);
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
