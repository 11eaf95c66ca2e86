using System.Globalization;
using ImageSearch.Api.Http.Bodies;

namespace ImageSearch.Api.V1.Imports;

/// <summary>
/// Passes the lines of a list on to its import, in pieces. The import is begun with its first piece, so a short list with an error leaves
/// nothing behind.
/// </summary>
/// <param name="import">The import.</param>
/// <param name="begin">Begins it.</param>
/// <param name="stopsOnError">Whether an invalid line refuses the list.</param>
internal sealed class ImportReceiver(IImportGrain import, Func<Task<Failure?>> begin, bool stopsOnError) : IDisposable
{
    /// <summary>Invalid lines that are recorded; one more ends the import.</summary>
    public const int MaxInvalidLines = 10_000;

    // Pieces are numbered, so their order does not matter; concurrent ones share the catalog's commits.
    private const int ConcurrentPieces = 16;
    private const long MaxPendingBytes = 4 * ImportItems.MaxVectorBytes;

    private readonly SeenKeys _keys = new();
    private readonly SeenKeys _ids = new();
    private readonly List<Task<Result<Done>>> _pending = [];
    private readonly List<ClientBuffer> _images = [];
    private List<ImportItem> _items = [];
    private long _vectorBytes;
    private long _pendingBytes;
    private int _pieces;
    private int _invalid;
    private bool _isBegun;

    /// <summary>Receives all lines.</summary>
    /// <returns>Null if the list is complete; otherwise why not, and the import is discarded, or cancelled if it began at once.</returns>
    /// <exception cref="BadHttpRequestException">The body broke off.</exception>
    /// <exception cref="OperationCanceledException">The body was too slow, or the client is gone.</exception>
    public async Task<Failure?> ReceiveAsync(IAsyncEnumerable<ListLine> lines, CancellationToken cancellationToken)
    {
        var isComplete = false;
        try
        {
            var failure = await ReceiveAllAsync(lines, cancellationToken);
            isComplete = failure is null;
            return failure;
        }
        catch (ListUnreadableException e)
        {
            return e.Failure;
        }
        finally
        {
            if (!isComplete && _isBegun) await UndoAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => FreeImages();

    private async Task<Failure?> ReceiveAllAsync(IAsyncEnumerable<ListLine> lines, CancellationToken cancellationToken)
    {
        await foreach (var line in lines)
        {
            if (line.Image is { } image) _images.Add(image);
            var failure = Add(line);
            if (failure is null && IsFull) failure = await SendAsync(cancellationToken);
            if (failure is not null) return failure;
        }

        if (_items.Count == 0 && _pieces == 0)
            return new Failure(FailureCode.RequestInvalid, """the list is empty: send a line for each picture, as {"url": "https://…", "key": "…"}""");
        return (_items.Count == 0 ? null : await SendAsync(cancellationToken)) ?? await FlushAsync();
    }

    private bool IsFull =>
        _items.Count == ImportItems.MaxItems || _vectorBytes >= ImportItems.MaxVectorBytes
        || _images.Sum(image => (long)image.Length) >= ImportItems.MaxImageBytes;

    private Failure? Add(ListLine line)
    {
        if (line.Item.TryGet(out var item, out var failure))
        {
            failure = FindRepeated(item);
            if (failure is null)
            {
                _items.Add(item);
                _vectorBytes += BytesOf(item.Vectors);
                return null;
            }
        }

        if (stopsOnError) return failure with { Message = $"line {line.Number}: {failure.Message}" };
        if (++_invalid > MaxInvalidLines)
        {
            return failure with
            {
                Message = $"more than {MaxInvalidLines} lines are invalid, so the import is cancelled; line {line.Number}: {failure.Message}",
            };
        }

        _items.Add(new ImportItem(line.Number, null, null, new PictureTexts(Key: item?.Texts.Key)) { Failure = failure });
        return null;
    }

    private Failure? FindRepeated(ImportItem item)
    {
        if (item.Row?.Id is { } id && _ids.Add(id.ToString(CultureInfo.InvariantCulture), item.Line) is { } same) return Repeated("id", same);
        if (item.Texts.Key is not { } key || item.Row is { MayShareKey: true } || _keys.Add(key, item.Line) is not { } first) return null;
        return item.Row?.Id is null ? Repeated("key", first) : Repeated("key", first, "; rows with ids may share it with shared_keys=true");
    }

    private static Failure Repeated(string what, long line, string remedy = "") =>
        new(FailureCode.RequestInvalid, $"its {what} is that of line {line}, and only one of the two could stay{remedy}");

    private static long BytesOf(PictureVectors? vectors) =>
        vectors is null ? 0 : (vectors.Whole.Length + (vectors.MainObject?.Length ?? 0)) * (long)sizeof(float);

    private async Task<Failure?> SendAsync(CancellationToken cancellationToken)
    {
        if (!_isBegun)
        {
            if (await begin() is { } notBegun) return notBegun;
            _isBegun = true;
        }

        _pending.Add(import.AppendAsync(new ImportItems(_pieces++, _items), cancellationToken));
        _pendingBytes += _vectorBytes;
        (_items, _vectorBytes) = ([], 0);
        // The pictures of one piece are in memory at a time, and a few MB of vectors.
        return _images.Count > 0 || _pendingBytes >= MaxPendingBytes || _pending.Count == ConcurrentPieces ? await FlushAsync() : null;
    }

    private async Task<Failure?> FlushAsync()
    {
        try
        {
            var sent = await Task.WhenAll(_pending);
            FreeImages();
            return sent.FirstOrDefault(result => result.Failure is not null).Failure;
        }
        catch
        {
            // A message to another process may still hold the bytes.
            foreach (var image in _images) image.Abandon();
            _images.Clear();
            throw;
        }
        finally
        {
            _pending.Clear();
            _pendingBytes = 0;
        }
    }

    private void FreeImages()
    {
        foreach (var image in _images) image.Dispose();
        _images.Clear();
    }

    // Not ended by the client's leaving. If it fails, the catalog removes the incomplete list later.
    private Task UndoAsync() =>
        stopsOnError ? import.DiscardAsync(CancellationToken.None) : import.CancelIncompleteAsync(CancellationToken.None);
}
