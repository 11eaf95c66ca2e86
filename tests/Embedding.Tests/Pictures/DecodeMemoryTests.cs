using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures;

/// <summary>All decoding together keeps within its memory, by its own estimate.</summary>
public sealed class DecodeMemoryTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public async Task A_picture_waits_until_those_before_it_leave_it_enough()
    {
        using var memory = new DecodeMemory(megabytes: 100);
        var first = await memory.TakeAsync(60 * Megabyte, default);
        var second = memory.TakeAsync(60 * Megabyte, default).AsTask();
        second.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await second).Dispose();
        memory.FreeBytes.ShouldBe(100 * Megabyte);
    }

    [Fact]
    public async Task A_small_picture_does_not_overtake_a_large_one()
    {
        using var memory = new DecodeMemory(megabytes: 100);
        var first = await memory.TakeAsync(60 * Megabyte, default);
        var large = memory.TakeAsync(60 * Megabyte, default).AsTask();
        var small = memory.TakeAsync(1, default).AsTask();
        small.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await large).Dispose();
        (await small).Dispose();
    }

    [Fact]
    public async Task A_picture_above_the_whole_budget_gets_all_of_it()
    {
        using var memory = new DecodeMemory(megabytes: 64);
        using var all = await memory.TakeAsync(long.MaxValue / 2, default);
        memory.FreeBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Waiting_ends_with_the_callers_patience()
    {
        using var memory = new DecodeMemory(megabytes: 64);
        using var all = await memory.TakeAsync(64 * Megabyte, default);
        using var patience = new CancellationTokenSource();
        var waiting = memory.TakeAsync(1, patience.Token).AsTask();
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public async Task Never_is_more_taken_than_there_is()
    {
        using var memory = new DecodeMemory(megabytes: 64);
        long inUse = 0, most = 0;
        await Task.WhenAll(Enumerable.Range(1, 200).Select(i => Task.Run(async () =>
        {
            var bytes = i % 40 * (long)Megabyte;
            using var taken = await memory.TakeAsync(bytes, default);
            InterlockedMax(ref most, Interlocked.Add(ref inUse, bytes));
            await Task.Yield();
            Interlocked.Add(ref inUse, -bytes);
        })));
        most.ShouldBeInRange(1, 64 * Megabyte);
    }

    [Theory]
    [InlineData("baseline.jpg", 1)]
    [InlineData("plain.avif", 1)]
    public void Small_pictures_are_estimated_small(string file, int megabytes) =>
        DecodeEstimate.Bytes(TestPictures.Header(TestPictures.Bytes(file))).ShouldBeInRange(1 << 20, (megabytes + 1) * (long)Megabyte);

    [Fact]
    public void What_is_decoded_whole_is_estimated_by_its_pixels() =>
        DecodeEstimate.Bytes(TestPictures.Header(PngFile.Black(4_000, 4_000, interlaced: true, rows: 1))).ShouldBeGreaterThan(16_000_000 * 3L);

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Interlocked.Read(ref most); value > seen; seen = Interlocked.Read(ref most))
        {
            if (Interlocked.CompareExchange(ref most, value, seen) == seen) return;
        }
    }
}
