using System.Buffers;

namespace ImageSearch.Storage.Tests.Vectors.Embedded;

/// <summary>A vector that remembers on which scheduler it was last read.</summary>
internal sealed class SchedulerRecordingView(float[] vector) : MemoryManager<float>
{
    public TaskScheduler? SeenOn { get; private set; }

    public override Span<float> GetSpan()
    {
        SeenOn = TaskScheduler.Current;
        return vector;
    }

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

    public override void Unpin() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
    }
}
