namespace ImageSearch.Grains.Duplicates;

/// <summary>
/// Which rows are connected by pairs, directly or over others: a union-find of 4 bytes a row. Rows are numbered from 0.
/// </summary>
internal sealed class ConnectedRows
{
    // The parent of a row; of a root the size of its tree, negated.
    private readonly int[] _parents;

    public ConnectedRows(int count)
    {
        _parents = new int[count];
        Array.Fill(_parents, -1);
    }

    /// <summary>Number of rows.</summary>
    public int Count => _parents.Length;

    /// <summary>The row that stands for all rows connected to this one.</summary>
    public int RootOf(int row)
    {
        while (_parents[row] >= 0)
        {
            // Halves the path, so that later calls are short.
            if (_parents[_parents[row]] >= 0) _parents[row] = _parents[_parents[row]];
            row = _parents[row];
        }

        return row;
    }

    /// <summary>Number of rows connected to this one, with itself.</summary>
    public int SizeOf(int row) => -_parents[RootOf(row)];

    public bool AreConnected(int one, int other) => RootOf(one) == RootOf(other);

    /// <summary>Connects two rows and all that are connected to them.</summary>
    public void Connect(int one, int other)
    {
        (one, other) = (RootOf(one), RootOf(other));
        if (one == other) return;
        // The smaller tree goes below the larger one, so that paths stay short.
        if (_parents[one] > _parents[other]) (one, other) = (other, one);
        _parents[one] += _parents[other];
        _parents[other] = one;
    }
}
