using System.Numerics.Tensors;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Rows;

namespace ImageSearch.VectorIndex.Graph;

/// <content>
/// The sketches of nodes. They are computed from codes when a node is linked and when a snapshot is loaded, which takes less time than to
/// read them from most disks. Vectors of few values have none: their sketches would be inaccurate, and their codes are short.
/// </content>
internal sealed unsafe partial class NeighborGraph
{
    private const int MinDimension = 256;
    private const int MaxSampledRows = 16_384;

    /// <summary>Bytes per slot for its sketch; 0 if there are no sketches.</summary>
    public static int SketchStrideOf(int dimension) => dimension < MinDimension ? 0 : SketchSpace.StrideOf(dimension);

    private void WriteSketches(Block* blocks, int slotCount)
    {
        if (_space is null)
            return;
        const int BatchSize = 1_024;
        Parallel.For(0, (slotCount + BatchSize - 1) / BatchSize, batch =>
        {
            Span<float> rotated = new float[_stride];
            int first = batch * BatchSize;
            for (int slot = first; slot < Math.Min(first + BatchSize, slotCount); slot++)
            {
                if (NodeAt(blocks, slot)->IsInGraph)
                    WriteSketch(blocks, slot, rotated);
            }
        });
    }

    private static SketchSpace? CreateSpace(Block* blocks, int slotCount, int dimension)
    {
        if (dimension < MinDimension)
            return null;
        int stride = RowCode.StrideOf(dimension);
        var centre = new float[stride];
        var row = new float[stride];
        int step = Math.Max(1, slotCount / MaxSampledRows);
        int rows = 0;
        for (int slot = 0; slot < slotCount; slot += step, rows++)
        {
            Decode(blocks, slot, dimension, row);
            TensorPrimitives.Add(centre, row, centre);
        }

        TensorPrimitives.Divide(centre, Math.Max(1, rows), centre);
        return new SketchSpace(centre);
    }

    private static void Decode(Block* blocks, int slot, int dimension, Span<float> buffer)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        RowCode.Decode(block->Codes + ((nint)index * buffer.Length), block->Terms[index], dimension, buffer);
    }

    /// <returns>The result of the rotation.</returns>
    private float WriteSketch(Block* blocks, int slot, Span<float> rotated)
    {
        Decode(blocks, slot, _dimension, rotated);
        float offset = _space!.Rotate(rotated);
        _space.Write(rotated, offset, blocks[slot >> Block.SlotBits].Sketches + ((nint)(slot & Block.SlotMask) * _sketchStride));
        return offset;
    }

    /// <summary>Writes the sketch of a node, and makes a query of its code.</summary>
    private GraphQuery QueryOf(Block* blocks, int slot, InsertScratch scratch)
    {
        Block* block = blocks + (slot >> Block.SlotBits);
        int index = slot & Block.SlotMask;
        var code = QueryCode.Decode(block->Codes + ((nint)index * _stride), block->Terms[index], _stride, _dimension, scratch.Query);
        if (_space is null)
            return new GraphQuery(code, default);
        Span<float> rotated = scratch.Rotated(_stride);
        float offset = WriteSketch(blocks, slot, rotated);
        return new GraphQuery(code, SketchQuery.Encode(rotated, offset, scratch.Planes));
    }

    private SketchQuery Sketch(ReadOnlySpan<float> query, GraphScratch scratch)
    {
        if (_space is null)
            return default;
        Span<float> rotated = scratch.Rotated(_stride);
        query.CopyTo(rotated);
        rotated[query.Length..].Clear();
        float offset = _space.Rotate(rotated);
        return SketchQuery.Encode(rotated, offset, scratch.Planes);
    }
}
