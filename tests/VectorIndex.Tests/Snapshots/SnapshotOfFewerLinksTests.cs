using System.Runtime.InteropServices;
using ImageSearch.VectorIndex.Graph;
using ImageSearch.VectorIndex.Snapshots;

namespace ImageSearch.VectorIndex.Tests.Snapshots;

public sealed class SnapshotOfFewerLinksTests : IDisposable
{
    private const int Dimension = 40;
    private const int Rows = 1_500;
    private const int Links = 32;

    private readonly IndexFolder _folder = new();
    private readonly float[][] _vectors = ClusteredVectors.Many(seed: 51, count: Rows, Dimension);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_snapshot_of_a_graph_with_fewer_links_per_node_is_read()
    {
        var oracle = new BruteForce();
        using (NeighborIndex index = _folder.Open(Dimension, TestOptions.Graph))
        {
            for (int id = 0; id < Rows; id++)
            {
                index.Put(id, 1, _vectors[id]);
                oracle.Put(id, 1, _vectors[id], null);
            }

            index.Maintain(threads: 1);
            index.Save();
        }

        WriteWithFewerLinks();
        using NeighborIndex reopened = _folder.Open(Dimension, TestOptions.Graph);
        var recall = new Recall();
        foreach (float[] query in _vectors.AsSpan(0, 50))
            recall.Count(reopened, oracle, query, null, topK: 10, default);
        recall.Share.ShouldBeGreaterThanOrEqualTo(0.95);
    }

    private void WriteWithFewerLinks()
    {
        byte[] snapshot = File.ReadAllBytes(_folder.Snapshot);
        var header = SnapshotHeader.Read(snapshot.AsSpan(0, SnapshotHeader.Size));
        var fewer = new SnapshotHeader
        {
            Dimension = header.Dimension,
            SlotCount = header.SlotCount,
            RowCount = header.RowCount,
            HasGraph = true,
            EntryPoint = header.EntryPoint,
            BaseLinks = Links,
        };
        using var writer = new SnapshotWriter(_folder.Snapshot, fewer);
        foreach (SnapshotSection section in Enum.GetValues<SnapshotSection>())
        {
            (long offset, long length, _) = header.Sections[(int)section];
            byte[] bytes = snapshot[(int)offset..(int)(offset + length)];
            if (section == SnapshotSection.BaseLinks)
                bytes = [.. MemoryMarshal.Cast<byte, uint>(bytes).ToArray().Chunk(GraphShape.BaseLinks)
                    .SelectMany(links => links[..Links]).SelectMany(BitConverter.GetBytes)];
            bool written = false;
            writer.Write(
                section,
                () =>
                {
                    ReadOnlySpan<byte> piece = written ? default : bytes;
                    written = true;
                    return piece;
                },
                CancellationToken.None);
        }

        writer.Finish();
    }
}
