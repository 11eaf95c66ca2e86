using System.Runtime.InteropServices;

namespace ImageSearch.IndexBench;

/// <summary>Exact answers as raw little-endian int32 row numbers, counted from 0, the same number of them a query; -1 for none.</summary>
internal static class TruthFile
{
    public static void Read(FileInfo file, NearestRows[] nearest, int rows, int topK)
    {
        byte[] bytes = File.ReadAllBytes(file.FullName);
        if (bytes.Length != nearest.Length * topK * sizeof(int))
        {
            throw new BenchException(
                $"{file.FullName} has {bytes.Length:N0} bytes, not {nearest.Length:N0} queries of {topK} int32: it belongs to another run. Delete it or name another file by --truth.");
        }

        ReadOnlySpan<int> numbers = MemoryMarshal.Cast<byte, int>(bytes);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] < -1 || numbers[i] >= rows)
                throw new BenchException($"{file.FullName} names row {numbers[i]:N0} of {rows:N0}: it belongs to another base or --n. Delete it or name another file by --truth.");
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
