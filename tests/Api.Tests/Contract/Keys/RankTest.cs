using System.Diagnostics;

namespace ImageSearch.Api.Tests.Contract.Keys;

/// <summary>Whether two samples of times come from one distribution (Mann-Whitney).</summary>
internal static class RankTest
{
    /// <summary>Times two calls in turn, in milliseconds.</summary>
    public static async Task<(double[] First, double[] Second)> MeasureAsync(int pairs, Func<Task> first, Func<Task> second)
    {
        var (one, two) = (new double[pairs], new double[pairs]);
        for (var i = 0; i < pairs; i++)
        {
            // Which comes first alternates, so that neither always follows the other.
            if (i % 2 == 0) (one[i], two[i]) = (await TimeAsync(first), await TimeAsync(second));
            else (two[i], one[i]) = (await TimeAsync(second), await TimeAsync(first));
        }

        return (one, two);
    }

    /// <summary>The score of the rank sum: about normally distributed with variance 1 for samples of one distribution.</summary>
    public static double Score(double[] first, double[] second)
    {
        var ranked = first.Select(value => (Value: value, IsFirst: true)).Concat(second.Select(value => (Value: value, IsFirst: false)))
            .OrderBy(sample => sample.Value).ToList();
        var sum = ranked.Index().Where(sample => sample.Item.IsFirst).Sum(sample => sample.Index + 1.0);
        var (n, m) = ((double)first.Length, (double)second.Length);
        return (sum - (n * (n + m + 1) / 2)) / Math.Sqrt(n * m * (n + m + 1) / 12);
    }

    public static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static async Task<double> TimeAsync(Func<Task> call)
    {
        var started = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
