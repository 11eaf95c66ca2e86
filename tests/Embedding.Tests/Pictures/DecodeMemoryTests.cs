using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>All decoding together stays within its memory, by estimate.</summary>
public sealed class DecodeMemoryTests
{
    private const int Megabyte = 1 << 20;
    private readonly DecodeMemory _memory = new(100 * Megabyte);

    [Fact]
    public async Task A_picture_waits_until_enough_memory_is_free()
    {
        var first = _memory.Acquire(60 * Megabyte);
        var second = AcquireAsync(60 * Megabyte);
        second.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await second).Dispose();
        _memory.FreeBytes.ShouldBe(100 * Megabyte);
    }

    [Fact]
    public async Task A_small_picture_does_not_overtake_a_large_one()
    {
        var first = _memory.Acquire(60 * Megabyte);
        var large = AcquireAsync(60 * Megabyte);
        SpinWait.SpinUntil(() => _memory.Waiting == 1, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        var small = AcquireAsync(1);
        SpinWait.SpinUntil(() => _memory.Waiting == 2, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        small.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await large).Dispose();
        (await small).Dispose();
    }

    [Fact]
    public void A_picture_above_the_capacity_gets_all_of_it()
    {
        using var all = _memory.Acquire(long.MaxValue / 2);
        _memory.FreeBytes.ShouldBe(0);
    }

    [Fact]
    public async Task The_memory_in_use_never_exceeds_the_capacity()
    {
        long inUse = 0, max = 0;
        await Task.WhenAll(Enumerable.Range(1, 200).Select(i => Task.Run(() =>
        {
            var bytes = i % 40 * (long)Megabyte;
            using var lease = _memory.Acquire(bytes);
            InterlockedMax(ref max, Interlocked.Add(ref inUse, bytes));
            Thread.Yield();
            Interlocked.Add(ref inUse, -bytes);
        })));
        max.ShouldBeInRange(1, 100 * Megabyte);
    }

    [Theory]
    [InlineData("baseline.jpg", 1)]
    [InlineData("plain.avif", 1)]
    public void Small_pictures_have_small_estimates(string file, int megabytes) =>
        DecodeEstimate.Bytes(TestPictures.Header(TestPictures.Bytes(file))).ShouldBeInRange(1 << 20, (megabytes + 1) * (long)Megabyte);

    [Fact]
    public void A_picture_that_is_decoded_as_a_whole_is_estimated_by_its_pixels() =>
        DecodeEstimate.Bytes(TestPictures.Header(PngFile.Black(4_000, 4_000, interlaced: true, rows: 1))).ShouldBeGreaterThan(16_000_000 * 3L);

    private Task<DecodeMemory.Lease> AcquireAsync(long bytes) => Task.Run(() => _memory.Acquire(bytes));

    private static void InterlockedMax(ref long max, long value)
    {
        for (var seen = Interlocked.Read(ref max); value > seen; seen = Interlocked.Read(ref max))
        {
            if (Interlocked.CompareExchange(ref max, value, seen) == seen) return;
        }
    }
}
