using Microsoft.Extensions.Logging;

namespace ImageSearch.Embedding;

/// <summary>What this project logs; event ids 2000..2099.</summary>
internal static partial class EmbeddingLog
{
    [LoggerMessage(2000, LogLevel.Information, "Model {Model} is loaded in {Milliseconds:0} ms; {Lanes} lanes")]
    internal static partial void Opened(ILogger logger, string model, int lanes, double milliseconds);

    [LoggerMessage(2001, LogLevel.Error, "A picture of {Bytes} bytes could not be embedded")]
    internal static partial void Failed(ILogger logger, Exception exception, int bytes);
}
