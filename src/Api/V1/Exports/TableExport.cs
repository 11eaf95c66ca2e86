using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Downloads;
using ImageSearch.Api.V1.Items;

namespace ImageSearch.Api.V1.Exports;

/// <summary>The items of a table, one per line. One page is in memory at a time, and the client reads it before the next one.</summary>
internal sealed class TableExport(
    TableName table, ExportPages pages, ExportPictures? pictures, IReadOnlyList<ExportedRow> first, RequestLimiter limiter, TimeProvider time, IHostApplicationLifetime host)
    : LineDownload(limiter, time, host)
{
    /// <inheritdoc/>
    protected override void Describe(IHeaderDictionary headers) => headers.ContentDisposition = $"attachment; filename=\"{table}.ndjson\"";

    /// <inheritdoc/>
    protected override async Task<bool> WriteAsync(LineWriter lines, CancellationToken cancellationToken)
    {
        for (var page = first; ;)
        {
            foreach (var row in page)
            {
                if (!await WriteAsync(row, lines, cancellationToken)) return false;
            }

            await lines.SendAsync(cancellationToken);
            if (pages.IsEnd) return true;
            if (!(await pages.ReadAsync(cancellationToken)).TryGet(out page, out _)) return false;
        }
    }

    private async Task<bool> WriteAsync(ExportedRow row, LineWriter lines, CancellationToken cancellationToken)
    {
        var line = ItemAnswer.OfExport(row.Item);
        if (row.Kept?.Thumbnail is { } thumbnail) line = line with { Thumbnail = Convert.ToBase64String(thumbnail.Bytes.Span) };
        if (pictures is null || row.Kept is not { HasOriginal: true } kept)
        {
            await lines.WriteAsync(line, V1Json.Wire.ItemAnswer, cancellationToken);
            return true;
        }

        using var place = await pictures.AcquireAsync(cancellationToken);
        if (!(await pictures.FindOriginalAsync(kept, cancellationToken)).TryGet(out var original, out var failure)) return failure is null;
        await lines.WriteAsync(line, V1Json.Wire.ItemAnswer, "picture", original?.Bytes ?? default, cancellationToken);
        return true;
    }
}
