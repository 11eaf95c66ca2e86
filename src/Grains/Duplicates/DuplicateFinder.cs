using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Vectors;

namespace ImageSearch.Grains.Duplicates;

/// <summary>
/// Connects the rows of a table whose pictures are duplicates: for each row the vector store gives the nearest rows, and the exact distance of
/// stored vectors decides. Rows with the same vector are compared once.
/// </summary>
/// <param name="catalog">The catalog.</param>
/// <param name="vectors">The store.</param>
/// <param name="table">The table.</param>
/// <param name="rows">Its rows.</param>
/// <param name="minScore">The least score of a pair.</param>
/// <param name="pace">Rests between the comparisons.</param>
internal sealed class DuplicateFinder(
    ICatalog catalog, IVectorStore vectors, TableRecord table, TableRows rows, float minScore, SearchPace pace)
{
    // A scan compares a row with eight queries when it reads it, and four of these fill a slice.
    private const int QueriesPerBatch = 32;

    private readonly List<RowVectors> _batch = new(QueriesPerBatch);
    private readonly ConnectedRows _connected = new(rows.Count);
    private readonly NearRows _near = new(catalog, vectors, table, rows, minScore);
    private readonly IdenticalVectors _identical = new(rows.Count);

    /// <summary>Compares all rows.</summary>
    /// <param name="onDone">Called with the number of rows that are compared.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<ConnectedRows> FindAsync(Action<int> onDone, CancellationToken cancellationToken)
    {
        var done = 0;
        await foreach (var read in catalog.ReadVectorsAsync(table.Generation, table.Model.Dimension, RowSelection.All, cancellationToken))
        {
            foreach (var row in read.Vectors)
            {
                done++;
                if (rows.Find(row.Row) is var number && (number < 0 || IsKnown(number, row))) continue;
                _batch.Add(row);
                if (_batch.Count < QueriesPerBatch) continue;
                await CompareAsync(cancellationToken);
                onDone(done);
            }

            await pace.RestAsync(cancellationToken);
        }

        await CompareAsync(cancellationToken);
        onDone(rows.Count);
        return _connected;
    }

    private bool IsKnown(int number, RowVectors row)
    {
        if (_identical.Add(number, row.Whole.Span) is not { } first) return _near.IsComplete(number);
        _connected.Connect(first, number);
        return true;
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0) return;
        var found = await vectors.SearchManyAsync(
            table.Generation, [.. _batch.Select(row => row.Whole)], NearRows.FirstCount, cancellationToken);
        for (var i = 0; i < _batch.Count; i++)
        {
            // An earlier row of the batch may have completed this one.
            var number = rows.Find(_batch[i].Row);
            if (!_near.IsComplete(number)) await _near.ConnectAsync(_connected, number, _batch[i].Whole, found[i], cancellationToken);
            await pace.RestAsync(cancellationToken);
        }

        _batch.Clear();
    }
}
