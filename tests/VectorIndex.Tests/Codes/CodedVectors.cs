using System.Numerics.Tensors;
using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.VectorIndex.Tests.Codes;

/// <summary>Vectors that a code must handle: similar to embeddings, and extreme ones.</summary>
internal static class CodedVectors
{
    public static Arbitrary<float[]> Any => Of(Enum.GetValues<Shape>()).ToArbitrary();

    /// <summary>A row's vector and a query of the same dimension, both of unit length.</summary>
    public static Arbitrary<(float[] Row, float[] Query)> UnitPairs =>
        (from dimension in Dimensions
         from row in OfDimension(dimension, UnitShapes)
         from query in OfDimension(dimension, UnitShapes)
         select (row, query)).ToArbitrary();

    private static readonly Shape[] UnitShapes = [Shape.Normal, Shape.Constant, Shape.OneHot, Shape.Rectified, Shape.Sparse];

    private static Gen<int> Dimensions => Gen.Frequency(
        (8, Gen.Choose(1, 70)), (1, Gen.Constant(512)), (1, Gen.Constant(2_048)));

    private static Gen<float[]> Of(Shape[] shapes) =>
        from dimension in Dimensions
        from vector in OfDimension(dimension, shapes)
        select vector;

    private static Gen<float[]> OfDimension(int dimension, Shape[] shapes) =>
        from shape in Gen.Elements(shapes)
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Make(dimension, shape, seed);

    private static float[] Make(int dimension, Shape shape, int seed)
    {
        var random = new Random(seed);
        var vector = new float[dimension];
        for (int i = 0; i < dimension; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            vector[i] = (float)(shape switch
            {
                Shape.Constant => seed % 2 == 0 ? 1 : -1,
                Shape.OneHot => i == seed % dimension ? 1 : 0,
                Shape.Rectified => Math.Max(0, normal - 0.5),
                Shape.Sparse => random.Next(20) == 0 ? Math.Abs(normal) : 0,
                _ => normal,
            });
        }

        if (shape == Shape.Zero)
            Array.Clear(vector);
        float length = TensorPrimitives.Norm(vector);
        if (length == 0 && shape is not Shape.Zero)
            vector[seed % dimension] = length = 1;
        if (shape == Shape.Tiny)
            TensorPrimitives.Multiply(vector, 1e-30f, vector);
        else if (shape is not (Shape.Large or Shape.Zero))
            TensorPrimitives.Divide(vector, length, vector);
        return vector;
    }

    private enum Shape
    {
        Normal,
        Constant,
        OneHot,
        Rectified,
        Sparse,
        Tiny,
        Large,
        Zero,
    }
}
