using FsCheck;
using FsCheck.Fluent;
using ImageSearch.VectorIndex.Codes;

namespace ImageSearch.VectorIndex.Tests.Codes;

public sealed unsafe class RowCodeTests
{
    [Fact]
    public void The_distance_of_a_decoded_code_to_its_vector_is_at_most_its_error() => Check(CodedVectors.Any, vector =>
    {
        (CodeTerms terms, sbyte[] code) = Encode(vector);
        Length(Difference(vector, code, terms)).ShouldBeLessThanOrEqualTo(terms.Error);
    });

    [Fact]
    public void The_error_of_each_value_is_at_most_half_a_step() => Check(CodedVectors.Any, vector =>
    {
        (CodeTerms terms, sbyte[] code) = Encode(vector);
        double rounding = 1e-6 * vector.Max(Math.Abs);
        foreach (double difference in Difference(vector, code, terms))
            Math.Abs(difference).ShouldBeLessThanOrEqualTo((0.5 * terms.Scale) + rounding);
    });

    [Fact]
    public void The_error_is_at_most_half_a_step_per_value() => Check(CodedVectors.Any, vector =>
    {
        CodeTerms terms = Encode(vector).Terms;
        double max = ((0.5 * terms.Scale) + (1e-6 * vector.Max(Math.Abs))) * Math.Sqrt(vector.Length);
        ((double)terms.Error).ShouldBeLessThanOrEqualTo(Math.Max(max, 1e-44));
    });

    [Fact]
    public void Code_values_are_within_127_add_up_to_the_sum_and_are_padded_with_zeros() => Check(CodedVectors.Any, vector =>
    {
        (CodeTerms terms, sbyte[] code) = Encode(vector);
        code.ShouldAllBe(value => value >= -127);
        code[..vector.Length].Sum(value => value).ShouldBe(terms.Sum);
        code[vector.Length..].ShouldAllBe(value => value == 0);
    });

    [Fact]
    public void The_similarity_of_two_codes_is_the_inner_product_of_the_decoded_vectors() => Check(CodedVectors.UnitPairs, pair =>
    {
        (CodeTerms terms, sbyte[] code) = Encode(pair.Row);
        (CodeTerms otherTerms, sbyte[] otherCode) = Encode(pair.Query);
        double expected = Decoded(pair.Row.Length, code, terms).Zip(Decoded(pair.Row.Length, otherCode, otherTerms), (a, b) => a * b).Sum();
        fixed (sbyte* first = code, second = otherCode)
        {
            float similarity = RowCode.Similarity(first, terms, second, otherTerms, code.Length, pair.Row.Length);
            ((double)similarity).ShouldBe(expected, RoundingOf(terms, otherTerms, pair.Row.Length));
        }
    });

    [Theory]
    [InlineData(1, 64)]
    [InlineData(64, 64)]
    [InlineData(65, 128)]
    [InlineData(512, 512)]
    [InlineData(65_536, 65_536)]
    public void A_code_takes_whole_cache_lines(int dimension, int bytes) => RowCode.StrideOf(dimension).ShouldBe(bytes);

    internal static (CodeTerms Terms, sbyte[] Code) Encode(float[] vector)
    {
        // Encode must overwrite what the buffer contains.
        var code = new sbyte[RowCode.StrideOf(vector.Length)];
        Array.Fill(code, (sbyte)55);
        return (RowCode.Encode(vector, code), code);
    }

    internal static IEnumerable<double> Decoded(int dimension, sbyte[] code, CodeTerms terms) =>
        code.Take(dimension).Select(value => ((double)terms.Scale * value) + terms.Offset);

    /// <summary>Offsets add terms that cancel each other; each of them is rounded to float32.</summary>
    private static double RoundingOf(CodeTerms a, CodeTerms b, int dimension) => 1e-6 + (5e-7 * (
        Math.Abs((double)a.Offset * b.Offset * dimension)
        + Math.Abs((double)a.Scale * b.Offset * a.Sum)
        + Math.Abs((double)b.Scale * a.Offset * b.Sum)));

    private static IEnumerable<double> Difference(float[] vector, sbyte[] code, CodeTerms terms) =>
        Decoded(vector.Length, code, terms).Zip(vector, (decoded, value) => value - decoded);

    private static double Length(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));

    private static void Check<T>(Arbitrary<T> inputs, Action<T> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(inputs, holds));
}
