using ImageSearch.Fetching;

namespace ImageSearch.Api.Limits;

/// <summary>What one request may ask of the service.</summary>
internal static class RequestLimits
{
    /// <summary>The longest body in bytes, base64 counted: 20 MiB.</summary>
    public const int MaxBodyBytes = 20 * 1024 * 1024;

    /// <summary>The longest body of a call that carries no picture, in bytes.</summary>
    public const int MaxPlainBodyBytes = 1024 * 1024;

    /// <summary>The largest picture file in bytes, wherever it comes from.</summary>
    public const int MaxPictureBytes = PictureLoader.MaxPictureBytes;

    /// <summary>The most ids or keys in one delete.</summary>
    public const int MaxDeletes = 1000;

    /// <summary>A body that comes slower than this, in bytes a second, is broken off.</summary>
    public const int LeastBytesPerSecond = 4096;

    /// <summary>How long a body may take to arrive, so that a client that drips holds its place for so long at most.</summary>
    public static readonly TimeSpan BodyDeadline = TimeSpan.FromSeconds(30);
}
