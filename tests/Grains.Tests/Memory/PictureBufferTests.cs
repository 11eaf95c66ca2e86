using ImageSearch.Memory;

namespace ImageSearch.Grains.Tests.Memory;

public sealed class PictureBufferTests
{
    private readonly ByteBudget _budget = new(megabytes: 1);

    [Fact]
    public void Content_is_preserved_however_often_the_buffer_grows()
    {
        var bytes = new byte[300_000];
        Random.Shared.NextBytes(bytes);
        using var buffer = new PictureBuffer(_budget, bytes.Length);

        for (var at = 0; at < bytes.Length; at += 1000) Assert.True(buffer.TryAppend(bytes.AsSpan(at, 1000)));

        Assert.Equal(bytes, buffer.Content.ToArray());
    }

    [Fact]
    public void A_buffer_counts_against_the_budget_until_it_is_disposed()
    {
        using (var buffer = new PictureBuffer(_budget, 1 << 20))
        {
            Assert.True(buffer.TryAppend(new byte[600_000]));
            Assert.InRange(_budget.Capacity - _budget.Free, 600_000, 1 << 20);
        }

        Assert.Equal(_budget.Capacity, _budget.Free);
    }

    [Fact]
    public void Bytes_that_exceed_the_budget_are_rejected_and_the_content_is_kept()
    {
        using var first = new PictureBuffer(_budget, 1 << 20);
        using var second = new PictureBuffer(_budget, 1 << 20);
        Assert.True(first.TryAppend(new byte[700_000]));
        Assert.True(second.TryAppend([1, 2, 3]));

        Assert.False(second.TryAppend(new byte[700_000]));

        Assert.Equal([1, 2, 3], second.Content.ToArray());
    }

    [Fact]
    public void Bytes_that_exceed_the_maximum_length_are_rejected()
    {
        using var buffer = new PictureBuffer(_budget, maxBytes: 10);

        Assert.False(buffer.TryAppend(new byte[11]));
        Assert.True(buffer.TryAppend(new byte[10]));
    }

    [Fact]
    public void Content_can_not_be_read_after_disposal()
    {
        var buffer = new PictureBuffer(_budget, 10);
        buffer.TryAppend([1]);
        var content = buffer.Content;
        ((IDisposable)buffer).Dispose();

        Assert.Throws<ObjectDisposedException>(() => content.Span[0]);
    }

    [Fact]
    public void A_pin_keeps_the_bytes_past_disposal()
    {
        var buffer = new PictureBuffer(_budget, 100_000);
        buffer.TryAppend(new byte[100_000]);
        var content = buffer.Content;
        var pin = content.Pin();

        ((IDisposable)buffer).Dispose();

        Assert.NotEqual(_budget.Capacity, _budget.Free);
        Assert.Throws<ObjectDisposedException>(() => content.Pin());
        pin.Dispose();
        Assert.Equal(_budget.Capacity, _budget.Free);
    }

    [Fact]
    public void A_garbage_collected_buffer_returns_its_bytes()
    {
        Leave(_budget);
#pragma warning disable RS0030 // The test needs a collection.
        GC.Collect();
#pragma warning restore RS0030
        GC.WaitForPendingFinalizers();

        Assert.Equal(_budget.Capacity, _budget.Free);

        static void Leave(ByteBudget budget) => new PictureBuffer(budget, 1 << 20).TryAppend(new byte[500_000]);
    }
}
