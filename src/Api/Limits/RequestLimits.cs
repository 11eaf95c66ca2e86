using ImageSearch.Fetching;

namespace ImageSearch.Api.Limits;

/// <summary>Limits of one request.</summary>
internal static class RequestLimits
{
    /// <summary>The longest body in bytes, including base64: 20 MiB.</summary>
    public const int MaxBodyBytes = 20 * 1024 * 1024;

    /// <summary>
    /// The longest body that is called short, in bytes: 256 KiB, as most with a picture are. Short ones don't wait for the long ones of the
    /// same client, nor for memory that those hold.
    /// </summary>
    public const int ShortBodyBytes = 256 * 1024;

    /// <summary>The longest body of a call without a picture, in bytes: 1 MiB.</summary>
    public const int MaxPlainBodyBytes = 1024 * 1024;

    /// <summary>The largest picture file in bytes, from any source.</summary>
    public const int MaxPictureBytes = PictureLoader.MaxPictureBytes;

    /// <summary>Ids or keys in one delete.</summary>
    public const int MaxDeletes = 1000;

    /// <summary>Concurrent calls that only query the catalog.</summary>
    public const int MaxCheapCalls = 1024;

    /// <summary>Tables indexed at a time by calls of clients.</summary>
    public const int MaxLoads = 64;

    /// <summary>Concurrent answers that last: the progress of an import, all of its failures, or an export.</summary>
    public const int MaxWatches = 64;

    /// <summary>Imports whose lists are received at a time.</summary>
    public const int MaxReceives = 64;

    /// <summary>ZIPs and folders that imports read at a time.</summary>
    public const int MaxZips = 8;

    /// <summary>
    /// Kept pictures that are sent at a time. An original has at most 20 MiB, thumbnails about 4 KB.
    /// </summary>
    public const int MaxDownloads = 64;

    /// <summary>Writes at a time of rows whose originals are kept. It bounds the memory of files that wait for a slow catalog.</summary>
    public const int MaxOriginals = 64;

    /// <summary>Bytes that the web server reads ahead on a connection.</summary>
    public const int ReadAheadBytes = 128 * 1024;

    /// <summary>Concurrent requests on a connection of HTTP/2; a client that has more to send waits.</summary>
    public const int MaxStreamsPerConnection = 100;

    /// <summary>
    /// Bytes of a rejected body that are still read, so that clients that write all of it before they read get the answer.
    /// </summary>
    public const long MaxDrainedBytes = 64L * 1024 * 1024;

    /// <summary>How long a rejected body is read.</summary>
    public static readonly TimeSpan DrainDeadline = TimeSpan.FromSeconds(5);

    /// <summary>The slowest body, in bytes per second; the server aborts slower ones.</summary>
    public const int MinBytesPerSecond = 4096;

    /// <summary>How long a body may take to arrive. It bounds how long a slow client holds memory.</summary>
    public static readonly TimeSpan BodyDeadline = TimeSpan.FromSeconds(30);

    /// <summary>How long a client is sent the progress of an import on one connection.</summary>
    public static readonly TimeSpan WatchDeadline = TimeSpan.FromMinutes(10);

    /// <summary>How long a client may take to read a part of an export that the server has buffered for it, 64 KB.</summary>
    public static readonly TimeSpan SendDeadline = TimeSpan.FromSeconds(30);

    /// <summary>The failure of a call above a limit.</summary>
    public static Failure ServiceBusy { get; } = new(FailureCode.Busy, "the service is busy, try again in a second", RetryAfterSeconds: 1);

    /// <summary>The failure of a stream above <see cref="MaxWatches"/>.</summary>
    public static Failure TooManyWatches { get; } = new(
        FailureCode.Busy, $"{MaxWatches} clients are sent exports, or the progress or failures of imports; try again later, or ask GET /v1/imports/{{id}} for progress",
        RetryAfterSeconds: 5);

    /// <summary>The failure of a list above <see cref="MaxReceives"/>.</summary>
    public static Failure TooManyReceives { get; } = new(
        FailureCode.Busy, $"{MaxReceives} imports are receiving their lists, try again when one of them is complete", RetryAfterSeconds: 5);

    /// <summary>The failure of a ZIP above <see cref="MaxZips"/>.</summary>
    public static Failure TooManyZips { get; } = new(
        FailureCode.Busy, $"{MaxZips} imports are reading ZIPs or folders, try again when one of them is complete", RetryAfterSeconds: 30);
}
