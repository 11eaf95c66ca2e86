using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>A call to Milvus failed. The message is written for the operator of the service.</summary>
public sealed class MilvusException : VectorStoreException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="code">The kind of failure.</param>
    /// <param name="message">The message.</param>
    /// <param name="inner">The cause.</param>
    public MilvusException(MilvusFault code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>The kind of failure.</summary>
    public MilvusFault Code { get; }

    /// <summary>Why the server can't be reached, without what that means for a service; null for another failure.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether a retry can succeed.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>Whether the server does not implement the call because it is too old.</summary>
    internal bool IsUnimplemented { get; init; }
}
