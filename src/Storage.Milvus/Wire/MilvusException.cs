using ImageSearch.Storage.Vectors;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>A call to Milvus failed; the message is a sentence for whoever runs the service.</summary>
public sealed class MilvusException : VectorStoreException
{
    /// <summary>An exception with what went wrong and a sentence.</summary>
    public MilvusException(MilvusFault code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>What went wrong.</summary>
    public MilvusFault Code { get; }

    /// <summary>The same call may well succeed a moment later.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>The server does not know this call: it is older than it.</summary>
    internal bool IsUnimplemented { get; init; }
}
