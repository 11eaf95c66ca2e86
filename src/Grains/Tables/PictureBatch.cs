using ImageSearch.Storage.Catalog;

namespace ImageSearch.Grains.Tables;

/// <summary>The pictures of a bulk add, of which some may be refused before the others go to the catalog.</summary>
internal sealed class PictureBatch
{
    private readonly Result<long>[] _results;
    private readonly List<int> _positions;

    /// <param name="pictures">The pictures.</param>
    /// <param name="check">Why a picture is refused; null if it is not.</param>
    public PictureBatch(IReadOnlyList<NewPicture> pictures, Func<NewPicture, Failure?> check)
    {
        _results = new Result<long>[pictures.Count];
        _positions = new List<int>(pictures.Count);
        for (var i = 0; i < pictures.Count; i++)
        {
            if (check(pictures[i]) is { } refused) _results[i] = refused;
            else _positions.Add(i);
        }

        Accepted = _positions.Count == pictures.Count ? pictures : [.. _positions.Select(i => pictures[i])];
    }

    /// <summary>The pictures for the catalog.</summary>
    public IReadOnlyList<NewPicture> Accepted { get; }

    /// <summary>The result of each picture of the call.</summary>
    public IReadOnlyList<Result<long>> Results => _results;

    /// <summary>Takes the catalog's results of the accepted pictures.</summary>
    /// <returns>The vectors of the stored rows, each row once: of pictures with one key the last.</returns>
    public IReadOnlyList<RowVectors> Complete(IReadOnlyList<Result<RowVersion>> rows)
    {
        var stored = new Dictionary<long, RowVectors>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].TryGet(out var row, out var failure))
            {
                var vectors = Accepted[i].Vectors;
                stored[row.Id] = new RowVectors(row, vectors.Whole, vectors.MainObject);
                _results[_positions[i]] = row.Id;
            }
            else
            {
                _results[_positions[i]] = failure;
            }
        }

        return [.. stored.Values];
    }
}
