using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Tests.Snapshots;

namespace ImageSearch.VectorIndex.Tests;

public sealed class MeasuredWidthTests : IDisposable
{
    private const int Dimension = 32;
    private const int Rows = 10_500;
    private const double Target = 0.95;

    private static readonly IndexOptions Options = TestOptions.Graph with { TargetRecall = Target };

    private readonly IndexFolder _folder = new();
    private readonly float[][] _vectors = ClusteredVectors.Many(seed: 31, count: Rows + 200, Dimension);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Maintenance_selects_a_width_by_which_searches_reach_the_target_recall()
    {
        using NeighborIndex index = Filled(Options);
        var oracle = new BruteForce();
        for (int id = 0; id < Rows; id++)
            oracle.Put(id, 1, _vectors[id], null);

        index.NeedsMaintenance.ShouldBeFalse();
        index.MeasuredRecall.ShouldNotBeNull().ShouldBeInRange(Target, 1);
        index.SearchWidth.ShouldBeInRange(32, 2_220);
        var recall = new Recall();
        foreach (float[] query in _vectors.AsSpan(Rows))
            recall.Count(index, oracle, query, null, topK: 10, default);
        recall.Share.ShouldBeGreaterThanOrEqualTo(Target - 0.03);
    }

    [Fact]
    public void A_higher_target_selects_a_greater_width()
    {
        using NeighborIndex low = Filled(Options with { TargetRecall = 0.5 });
        using NeighborIndex high = Filled(Options with { TargetRecall = 0.999 });
        high.SearchWidth.ShouldBeGreaterThan(low.SearchWidth);
    }

    [Fact]
    public void The_width_is_restored_from_the_snapshot()
    {
        int width;
        double? recall;
        using (NeighborIndex index = Filled(Options))
        {
            index.Save();
            (width, recall) = (index.SearchWidth, index.MeasuredRecall);
        }

        using NeighborIndex reopened = _folder.Open(Dimension, Options);
        reopened.NeedsMaintenance.ShouldBeFalse();
        reopened.SearchWidth.ShouldBe(width);
        reopened.MeasuredRecall.ShouldNotBeNull().ShouldBe(recall!.Value, 1e-4);
    }

    [Fact]
    public void A_width_for_another_recall_is_measured_again()
    {
        using (NeighborIndex index = Filled(Options))
            index.Save();
        using NeighborIndex reopened = _folder.Open(Dimension, Options with { TargetRecall = 0.9 });
        reopened.MeasuredRecall.ShouldBeNull();
        reopened.NeedsMaintenance.ShouldBeTrue();
    }

    [Fact]
    public void Rows_that_are_not_linked_yet_make_the_width_greater()
    {
        using NeighborIndex index = Filled(Options);
        int width = index.SearchWidth;
        for (int i = 0; i < Rows; i++)
            index.Put(Rows + i, 1, _vectors[i]);
        index.SearchWidth.ShouldBe((int)(width * Math.Sqrt(Math.Sqrt(2))));
    }

    [Fact]
    public void A_sample_of_few_queries_chooses_no_width()
    {
        var sample = new RecallSample();
        int[] found = [.. RecallSample.Widths.Select(_ => 10)];
        for (int i = 0; i < 31; i++)
            sample.Add(10, found);
        sample.SmallestWidth(0.98).ShouldBeNull();
        sample.Add(10, found);
        sample.SmallestWidth(0.98).ShouldBe((RecallSample.Widths[0], 1));
    }

    [Fact]
    public void A_recall_that_no_width_reaches_chooses_the_smallest_that_finds_almost_as_much()
    {
        var sample = new RecallSample();
        int[] found = [.. RecallSample.Widths.Select((_, step) => step < 3 ? 700 : 900)];
        for (int i = 0; i < 32; i++)
            sample.Add(1000, found);
        sample.SmallestWidth(0.98).ShouldBe((RecallSample.Widths[3], 0.9));
    }

    [Fact]
    public void A_fixed_width_is_used_and_nothing_is_measured()
    {
        using NeighborIndex index = Filled(Options with { SearchWidth = 77 });
        index.SearchWidth.ShouldBe(77);
        index.MeasuredRecall.ShouldBeNull();
        index.NeedsMaintenance.ShouldBeFalse();
    }

    [Fact]
    public void A_graph_that_has_grown_by_half_is_measured_again()
    {
        using NeighborIndex index = Filled(Options);
        for (int i = 0; i < Rows; i++)
            index.Put(Rows + i, 1, _vectors[i]);
        index.HasChanges.ShouldBeTrue();
        index.Maintain(threads: 2);
        index.Save();
        using IndexFolder copy = _folder.Copy();
        using NeighborIndex reopened = copy.Open(Dimension, Options);
        reopened.NeedsMaintenance.ShouldBeFalse();
    }

    [Fact]
    public void Options_out_of_range_are_rejected()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new NeighborIndex(4, new IndexOptions { TargetRecall = 1 }));
        Should.Throw<ArgumentOutOfRangeException>(() => new NeighborIndex(4, new IndexOptions { TargetRecall = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => new NeighborIndex(4, new IndexOptions { SearchWidth = -1 }));
    }

    private NeighborIndex Filled(IndexOptions options)
    {
        NeighborIndex index = options.TargetRecall == Target ? _folder.Open(Dimension, options) : new NeighborIndex(Dimension, options);
        for (int id = 0; id < Rows; id++)
            index.Put(id, 1, _vectors[id]);
        index.Maintain(threads: 2);
        return index;
    }
}
