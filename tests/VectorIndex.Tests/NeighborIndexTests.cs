namespace ImageSearch.VectorIndex.Tests;

/// <summary>Tests that every search strategy must pass.</summary>
public abstract class NeighborIndexTests : IDisposable
{
    private const int Dimension = 33;
    private readonly float[][] _vectors = UnitVectors.Many(seed: 1, count: 300, Dimension);
    private readonly IndexOptions _options;
    private readonly NeighborIndex _index;

    private protected NeighborIndexTests(IndexOptions options)
    {
        _options = options;
        _index = new NeighborIndex(Dimension, options);
    }

    public void Dispose()
    {
        _index.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void An_empty_index_finds_nothing() => Search(_vectors[0], topK: 5).ShouldBeEmpty();

    [Fact]
    public void An_identical_vector_has_distance_zero()
    {
        PutAll();
        Search(_vectors[42], topK: 1).ShouldBe([new Hit(42, 1, 0f)]);
    }

    [Fact]
    public void A_row_with_two_equal_vectors_is_found_once()
    {
        _index.Put(7, 1, _vectors[0], _vectors[0]);
        Maintain();
        Search(_vectors[0], topK: 5).ShouldBe([new Hit(7, 1, 0f)]);
    }

    [Fact]
    public void A_row_is_found_by_its_second_vector()
    {
        PutAll();
        float[] secondVector = UnitVectors.Next(new Random(99), Dimension);
        _index.Put(500, 1, _vectors[0], secondVector);
        Maintain();
        Search(secondVector, topK: 1).ShouldBe([new Hit(500, 1, 0f)]);
    }

    [Fact]
    public void Rows_with_equal_vectors_are_ordered_by_id()
    {
        foreach (long id in (long[])[9, -4, 6, 2, 8])
            _index.Put(id, 1, _vectors[0]);
        Maintain();
        Search(_vectors[0], topK: 3).Select(hit => hit.Id).ShouldBe([-4, 2, 6]);
    }

    [Fact]
    public void A_new_version_replaces_all_vectors_of_the_row()
    {
        _index.Put(1, 1, _vectors[0], _vectors[1]);
        Maintain();
        _index.Put(1, 2, _vectors[2]);
        Maintain();
        Search(_vectors[1], topK: 5).ShouldHaveSingleItem().SquaredDistance.ShouldBeGreaterThan(0.1f);
        Search(_vectors[2], topK: 5).ShouldBe([new Hit(1, 2, 0f)]);
    }

    [Fact]
    public void An_older_version_replaces_nothing()
    {
        _index.Put(1, 2, _vectors[0]);
        Maintain();
        _index.Put(1, 1, _vectors[1]);
        Maintain();
        Search(_vectors[0], topK: 5).ShouldBe([new Hit(1, 2, 0f)]);
    }

    [Fact]
    public void Removing_an_older_version_removes_nothing()
    {
        _index.Put(1, 2, _vectors[0]);
        _index.Remove(1, 1);
        _index.Count.ShouldBe(1);
    }

    [Fact]
    public void A_removed_row_is_not_found()
    {
        PutAll();
        _index.Remove(42, 1);
        _index.Count.ShouldBe(_vectors.Length - 1);
        Search(_vectors[42], topK: 1000).ShouldNotContain(hit => hit.Id == 42);
        Maintain();
        Search(_vectors[42], topK: 1000).ShouldNotContain(hit => hit.Id == 42);
    }

    [Fact]
    public void An_empty_destination_returns_no_hits()
    {
        PutAll();
        Search(_vectors[0], topK: 0).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Dimension - 1)]
    [InlineData(Dimension + 1)]
    [InlineData(0)]
    public void A_vector_with_the_wrong_dimension_is_rejected(int dimension)
    {
        float[] vector = dimension == 0 ? [] : UnitVectors.Next(new Random(1), dimension);
        Should.Throw<ArgumentException>(() => _index.Put(1, 1, vector)).Message.ShouldContain("vectors of 33 values");
        Should.Throw<ArgumentException>(() => Search(vector, topK: 1)).Message.ShouldContain("vectors of 33 values");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(2f)]
    public void A_vector_without_unit_length_is_rejected(float value)
    {
        float[] vector = [.. _vectors[0]];
        vector[5] = value;
        Should.Throw<ArgumentException>(() => _index.Put(1, 1, _vectors[1], vector)).ParamName.ShouldBe("secondVector");
        Should.Throw<ArgumentException>(() => _index.Search(_vectors[1], vector, new Hit[1])).ParamName.ShouldBe("secondQuery");
        _index.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_537)]
    public void An_index_with_an_invalid_dimension_is_rejected(int dimension) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new NeighborIndex(dimension));

    [Fact]
    public void A_cancelled_search_throws()
    {
        PutAll();
        Should.Throw<OperationCanceledException>(() => _index.Search(_vectors[0], default, new Hit[1], default, new CancellationToken(true)));
    }

    [Fact]
    public void A_cancelled_search_by_several_threads_throws()
    {
        using var index = new NeighborIndex(Dimension, _options with { BytesPerThread = 1 });
        for (int id = 0; id < 3_000; id++)
            index.Put(id, 1, _vectors[id % 300]);
        index.Maintain(threads: 1);
        Should.Throw<OperationCanceledException>(() => index.Search(_vectors[0], default, new Hit[1], default, new CancellationToken(true)));
    }

    [Fact]
    public void Every_call_of_a_disposed_index_throws()
    {
        PutAll();
        _index.Dispose();
        _index.Dispose();
        Should.Throw<ObjectDisposedException>(() => Search(_vectors[0], topK: 1));
        Should.Throw<ObjectDisposedException>(() => _index.Put(1, 2, _vectors[0]));
        Should.Throw<ObjectDisposedException>(() => _index.Remove(1, 2));
        Should.Throw<ObjectDisposedException>(() => _index.Maintain(threads: 1));
    }

    private void PutAll()
    {
        for (int id = 0; id < _vectors.Length; id++)
            _index.Put(id, 1, _vectors[id]);
        Maintain();
    }

    private void Maintain() => _index.Maintain(threads: 2);

    private Hit[] Search(float[] query, int topK)
    {
        var hits = new Hit[topK];
        return hits[.._index.Search(query, default, hits)];
    }
}
