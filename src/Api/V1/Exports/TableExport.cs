using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Downloads;
using ImageSearch.Api.V1.Items;

namespace ImageSearch.Api.V1.Exports;

/// <summary>The items of a table, one per line. One page is in memory at a time, and the client reads it before the next one.</summary>
internal sealed class TableExport(
    TableName table, ExportPages pages, IReadOnlyList<Item> first, RequestLimiter limiter, TimeProvider time, IHostApplicationLifetime host)
    : LineDownload(limiter, time, host)
{
    /// <inheritdoc/>
    protected override void Describe(IHeaderDictionary headers) => headers.ContentDisposition = $"attachment; filename=\"{table}.ndjson\"";

    /// <inheritdoc/>
    protected override async Task<bool> WriteAsync(LineWriter lines, CancellationToken cancellationToken)
    {
        for (var page = first; ;)
        {
            foreach (var item in page) await lines.WriteAsync(ItemAnswer.OfExport(item), V1Json.Wire.ItemAnswer, cancellationToken);
            await lines.SendAsync(cancellationToken);
            if (pages.IsEnd) return true;
            if (!(await pages.ReadAsync(cancellationToken)).TryGet(out page, out _)) return false;
        }
    }
}
