using System.Numerics.Tensors;
using FsCheck;
using FsCheck.Fluent;
using ImageSearch.VectorIndex.Codes;
using ImageSearch.VectorIndex.Tests.Kernels;

namespace ImageSearch.VectorIndex.Tests.Codes;

public sealed unsafe class QueryCodeTests
{
    // The float32 rounding error of a score; the index guarantees its order up to about 1e-6.
    private const double Rounding = 1e-6;

    [Fact]
    public void The_error_of_a_score_is_at_most_the_sum_of_both_errors() => Check(pair =>
    {
        (CodeTerms terms, sbyte[] code) = RowCodeTests.Encode(pair.Row);
        (float score, float queryError) = Score(pair.Query, code, terms);
        double exact = pair.Row.Zip(pair.Query, (a, b) => (double)a * b).Sum();
        Math.Abs(score - exact).ShouldBeLessThanOrEqualTo(terms.Error + (1.1 * queryError) + RoundingOf(pair));
    });

    [Fact]
    public void The_error_of_a_query_is_at_most_half_a_step_per_value() => Check(pair =>
    {
        short[] buffer = BufferOf(pair.Query.Length);
        fixed (short* values = buffer)
        {
            QueryCode query = QueryCode.Encode(pair.Query, values);
            double max = (0.5 * query.Scale * Math.Sqrt(pair.Query.Length)) + Rounding;
            ((double)query.Error).ShouldBeLessThanOrEqualTo(max);
            ((double)query.Scale).ShouldBe(pair.Query.Max(Math.Abs) / (double)KernelInputs.BoundOf(query.Stride), 1e-9);
        }
    });

    [Fact]
    public void The_score_of_a_row_as_query_is_the_similarity_of_the_codes() => Check(pair =>
    {
        (CodeTerms terms, sbyte[] code) = RowCodeTests.Encode(pair.Row);
        (CodeTerms otherTerms, sbyte[] otherCode) = RowCodeTests.Encode(pair.Query);
        short[] buffer = BufferOf(pair.Row.Length);
        fixed (short* values = buffer)
        fixed (sbyte* first = code, second = otherCode)
        {
            float score = QueryCode.Decode(first, terms, code.Length, pair.Row.Length, values).Score(second, otherTerms);
            float similarity = RowCode.Similarity(first, terms, second, otherTerms, code.Length, pair.Row.Length);
            ((double)score).ShouldBe(similarity, 3 * RoundingOf(pair));
        }
    });

    [Fact]
    public void A_query_whose_greatest_magnitude_is_negative_is_as_precise_as_its_negation()
    {
        float[] vector = [-0.8f, 0.36f, 0.48f];
        float[] negated = [.. vector.Select(value => -value)];
        (CodeTerms terms, sbyte[] code) = RowCodeTests.Encode(vector);
        Score(vector, code, terms).Error.ShouldBe(Score(negated, code, terms).Error);
        Score(vector, code, terms).Error.ShouldBeLessThan(1e-3f);
    }

    [Fact]
    public void Rounding_all_values_of_a_query_in_one_direction_keeps_the_score_of_a_sparse_row_within_its_error()
    {
        // 510 values of 0.4 of a step, all rounded down, and a row whose code has an offset of one half in each value.
        var query = new float[512];
        Array.Fill(query, 0.4f / QueryCode.MaxValue);
        query[0] = 1;
        TensorPrimitives.Divide(query, TensorPrimitives.Norm(query), query);
        var row = new float[512];
        row[1] = 1;
        (CodeTerms terms, sbyte[] code) = RowCodeTests.Encode(row);
        (float score, float queryError) = Score(query, code, terms);
        ((double)score).ShouldBe(query[1], terms.Error + (1.1 * queryError) + 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_longest_query_of_the_greatest_values_is_scored_without_overflow(int sign)
    {
        float[] row = [.. Enumerable.Range(0, 65_536).Select(i => i % 2 == 0 ? 1f / 256 : -1f / 256)];
        float[] query = [.. row.Select(value => sign * value)];
        (CodeTerms terms, sbyte[] code) = RowCodeTests.Encode(row);
        Score(query, code, terms).Score.ShouldBe(sign, 1e-5);
    }

    private static (float Score, float Error) Score(float[] vector, sbyte[] code, CodeTerms terms)
    {
        short[] buffer = BufferOf(vector.Length);
        fixed (short* values = buffer)
        fixed (sbyte* bytes = code)
        {
            QueryCode query = QueryCode.Encode(vector, values);
            return (query.Score(bytes, terms), query.Error);
        }
    }

    /// <summary>The offset's contribution may exceed the score; it is rounded to float32 too.</summary>
    private static double RoundingOf((float[] Row, float[] Query) pair)
    {
        double middle = Math.Abs(pair.Row.Min() + pair.Row.Max()) / 2;
        double otherMiddle = Math.Abs(pair.Query.Min() + pair.Query.Max()) / 2;
        double sums = (middle * Math.Abs(pair.Query.Sum())) + (otherMiddle * Math.Abs(pair.Row.Sum()));
        return Rounding + (2e-7 * (sums + (middle * otherMiddle * pair.Row.Length)));
    }

    private static short[] BufferOf(int dimension)
    {
        var buffer = new short[RowCode.StrideOf(dimension)];
        Array.Fill(buffer, (short)-7_777);
        return buffer;
    }

    private static void Check(Action<(float[] Row, float[] Query)> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(CodedVectors.UnitPairs, holds));
}
