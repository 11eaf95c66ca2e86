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

    /// <summary>The most calls at a time that look into the catalog only.</summary>
    public const int MaxCheapCalls = 1024;

    /// <summary>The most tables that are indexed at a time by calls of clients.</summary>
    public const int MaxLoads = 64;

    /// <summary>Bytes of a connection that the web server reads ahead of the service.</summary>
    public const int ReadAheadBytes = 128 * 1024;

    /// <summary>Bytes of a body that is refused which are still read, so that a client that writes all before it reads gets the answer.</summary>
    public const long MaxDrainedBytes = 64L * 1024 * 1024;

    /// <summary>How long such a body is read.</summary>
    public static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(5);

    /// <summary>A body that comes slower than this, in bytes a second, is broken off.</summary>
    public const int MinBytesPerSecond = 4096;

    /// <summary>How long a body may take to arrive, so that a client that drips holds its place for so long at most.</summary>
    public static readonly TimeSpan BodyDeadline = TimeSpan.FromSeconds(30);
}
