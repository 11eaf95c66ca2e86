using ImageSearch.Api.Http.Bodies;

namespace ImageSearch.Api.V1.Imports;

/// <summary>A body as a stream whose reads end at a deadline.</summary>
/// <param name="body">The request's body.</param>
/// <param name="deadline">The client is too slow, or gone.</param>
internal sealed class TimedBody(Stream body, CancellationToken deadline) : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // A body whose bytes are always there already would never wait, and so never see the deadline.
        deadline.ThrowIfCancellationRequested();
        try
        {
            return await body.ReadAsync(buffer, deadline);
        }
        catch (Exception e) when (MalformedBody.IsCauseOf(e))
        {
            throw MalformedBody.From(e);
        }
    }
}
