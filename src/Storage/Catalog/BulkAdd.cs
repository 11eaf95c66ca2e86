namespace ImageSearch.Storage.Catalog;

/// <summary>
/// Adds pictures in one write of a catalog. If the catalog refuses the write because of one row, the rows are written in halves until that
/// row is alone, so a refused row fails alone and costs two commits for each halving.
/// </summary>
internal sealed class BulkAdd
{
    private readonly Func<IReadOnlyList<EncodedPicture>, CancellationToken, Task<Result<Result<RowVersion>[]>>> _write;
    private readonly CancellationToken _cancellationToken;
    private readonly Result<RowVersion>[] _results;

    private BulkAdd(
        int count,
        Func<IReadOnlyList<EncodedPicture>, CancellationToken, Task<Result<Result<RowVersion>[]>>> write,
        CancellationToken cancellationToken) =>
        (_results, _write, _cancellationToken) = (new Result<RowVersion>[count], write, cancellationToken);

    /// <param name="pictures">The pictures.</param>
    /// <param name="searchable">As in <see cref="ICatalog.AddAsync"/>.</param>
    /// <param name="store">Stores files of pictures that are not kept in their rows, once for all attempts.</param>
    /// <param name="write">Writes rows in one transaction.</param>
    /// <param name="cancellationToken">Cancels the first write; once rows may be stored, the others are written too.</param>
    public static async Task<Result<IReadOnlyList<Result<RowVersion>>>> RunAsync(
        IReadOnlyList<NewPicture> pictures,
        bool searchable,
        Func<List<EncodedPicture>, Task<List<EncodedPicture>>> store,
        Func<IReadOnlyList<EncodedPicture>, CancellationToken, Task<Result<Result<RowVersion>[]>>> write,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        var add = new BulkAdd(pictures.Count, write, cancellationToken);
        var rows = await store(add.Encode(pictures, searchable)).ConfigureAwait(false);
        if (rows.Count > 0 && await add.WriteAsync(rows, isHalf: false).ConfigureAwait(false) is { } failure) return failure;
        return Result.Success<IReadOnlyList<Result<RowVersion>>>(add._results);
    }

    private List<EncodedPicture> Encode(IReadOnlyList<NewPicture> pictures, bool searchable)
    {
        var rows = new List<EncodedPicture>(pictures.Count);
        for (var i = 0; i < pictures.Count; i++)
        {
            try
            {
                rows.Add(EncodedPicture.From(pictures[i], searchable, i));
            }
            catch (ArgumentException e)
            {
                _results[i] = new Failure(FailureCode.PictureHasNoVector, e.Message);
            }
        }

        return rows;
    }

    // Returns why no row can be written.
    private async Task<Failure?> WriteAsync(List<EncodedPicture> rows, bool isHalf)
    {
        try
        {
            var written = await _write(rows, isHalf ? CancellationToken.None : _cancellationToken).ConfigureAwait(false);
            if (!written.TryGet(out var results, out var failure)) return failure;
            for (var i = 0; i < rows.Count; i++) _results[rows[i].Position] = results[i];
            return null;
        }
        catch (CatalogException e) when (e.Code is not (FailureCode.CatalogUnavailable or FailureCode.TableDropped))
        {
            if (rows.Count == 1)
            {
                Fail(rows, e);
                return null;
            }
        }
        catch (Exception e) when (isHalf)
        {
            // Other halves may be stored already, so the failure is that of these rows only.
            Fail(rows, e);
            return null;
        }

        var half = rows.Count / 2;
        return await WriteAsync(rows[..half], isHalf: true).ConfigureAwait(false) ?? await WriteAsync(rows[half..], isHalf: true).ConfigureAwait(false);
    }

    private void Fail(List<EncodedPicture> rows, Exception e)
    {
        var code = e is CatalogException known ? known.Code : FailureCode.CatalogUnavailable;
        foreach (var row in rows) _results[row.Position] = new Failure(code, e.Message);
    }
}
