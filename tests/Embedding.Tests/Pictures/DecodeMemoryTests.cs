using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>All decoding together keeps within its memory, by its own estimate.</summary>
public sealed class DecodeMemoryTests
{
    private const int Megabyte = 1 << 20;
    private readonly DecodeMemory _memory = new(100 * Megabyte);

    [Fact]
    public async Task A_picture_waits_until_those_before_it_leave_it_enough()
    {
        var first = _memory.Take(60 * Megabyte);
        var second = TakeAsync(60 * Megabyte);
        second.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await second).Dispose();
        _memory.FreeBytes.ShouldBe(100 * Megabyte);
    }

    [Fact]
    public async Task A_small_picture_does_not_overtake_a_large_one()
    {
        var first = _memory.Take(60 * Megabyte);
        var large = TakeAsync(60 * Megabyte);
        SpinWait.SpinUntil(() => _memory.Waiting == 1, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        var small = TakeAsync(1);
        SpinWait.SpinUntil(() => _memory.Waiting == 2, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        small.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await large).Dispose();
        (await small).Dispose();
    }

    [Fact]
    public void A_picture_above_the_whole_budget_gets_all_of_it()
    {
        using var all = _memory.Take(long.MaxValue / 2);
        _memory.FreeBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Never_is_more_taken_than_there_is()
    {
        long inUse = 0, most = 0;
        await Task.WhenAll(Enumerable.Range(1, 200).Select(i => Task.Run(() =>
        {
            var bytes = i % 40 * (long)Megabyte;
            using var taken = _memory.Take(bytes);
            InterlockedMax(ref most, Interlocked.Add(ref inUse, bytes));
            Thread.Yield();
            Interlocked.Add(ref inUse, -bytes);
        })));
        most.ShouldBeInRange(1, 100 * Megabyte);
    }

    [Theory]
    [InlineData("baseline.jpg", 1)]
    [InlineData("plain.avif", 1)]
    public void Small_pictures_are_estimated_small(string file, int megabytes) =>
        DecodeEstimate.Bytes(TestPictures.Header(TestPictures.Bytes(file))).ShouldBeInRange(1 << 20, (megabytes + 1) * (long)Megabyte);

    [Fact]
    public void What_is_decoded_whole_is_estimated_by_its_pixels() =>
        DecodeEstimate.Bytes(TestPictures.Header(PngFile.Black(4_000, 4_000, interlaced: true, rows: 1))).ShouldBeGreaterThan(16_000_000 * 3L);

    private Task<DecodeMemory.Share> TakeAsync(long bytes) => Task.Run(() => _memory.Take(bytes));

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Interlocked.Read(ref most); value > seen; seen = Interlocked.Read(ref most))
        {
            if (Interlocked.CompareExchange(ref most, value, seen) == seen) return;
        }
    }
}
