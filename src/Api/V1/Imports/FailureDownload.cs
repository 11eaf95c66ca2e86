using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Downloads;

namespace ImageSearch.Api.V1.Imports;

/// <summary>All failures of an import, one per line, read from the catalog page by page.</summary>
internal sealed class FailureDownload(
    IImportGrain import, ImportFailurePage first, RequestLimiter limiter, TimeProvider time, IHostApplicationLifetime host)
    : LineDownload(limiter, time, host)
{
    // The parser's time grows with the square of the length.
    private const int MaxHeader = 1024;

    /// <summary>Whether a client asks for it.</summary>
    public static bool IsWanted(HttpRequest request) =>
        request.Headers.Accept.ToString().Length <= MaxHeader
        && request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    protected override async Task<bool> WriteAsync(LineWriter lines, CancellationToken cancellationToken)
    {
        for (var page = first; ;)
        {
            foreach (var failure in page.Failures)
                await lines.WriteAsync(ImportFailureAnswer.Of(failure), V1Json.Wire.ImportFailureAnswer, cancellationToken);
            await lines.SendAsync(cancellationToken);
            if (page.Next is not { } next) return true;
            if (!(await import.ListFailurePageAsync(next, cancellationToken)).TryGet(out page, out _)) return false;
        }
    }
}
