using System.Runtime.InteropServices;

namespace ImageSearch.IndexBench;

/// <summary>The ground truth as raw little-endian int32 row numbers from 0, top-k per query; -1 fills up missing ones.</summary>
internal static class TruthFile
{
    public static void Read(FileInfo file, NearestRows[] nearest, int rows, int topK)
    {
        byte[] bytes = File.ReadAllBytes(file.FullName);
        if (bytes.Length != nearest.Length * topK * sizeof(int))
        {
            throw new BenchException(
                $"{file.FullName} has {bytes.Length:N0} bytes, not {nearest.Length:N0} queries of {topK} int32: it belongs to another run. Delete it or pass another file to --truth.");
        }

        ReadOnlySpan<int> numbers = MemoryMarshal.Cast<byte, int>(bytes);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] < -1 || numbers[i] >= rows)
                throw new BenchException($"{file.FullName} contains row {numbers[i]:N0} of {rows:N0}: it belongs to another base or --n. Delete it or pass another file to --truth.");
            if (numbers[i] >= 0)
                nearest[i / topK].Offer(numbers[i], score: -(i % topK));
        }
    }

    public static void Write(FileInfo file, NearestRows[] nearest, int topK)
    {
        var numbers = new int[nearest.Length * topK];
        Array.Fill(numbers, -1);
        for (int query = 0; query < nearest.Length; query++)
            nearest[query].Rows.CopyTo(numbers.AsSpan(query * topK));
        File.WriteAllBytes(file.FullName, MemoryMarshal.AsBytes(numbers.AsSpan()));
    }
}
