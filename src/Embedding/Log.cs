using Microsoft.Extensions.Logging;

namespace ImageSearch.Embedding;

/// <summary>Log messages of this project.</summary>
internal static partial class Log
{
    [LoggerMessage(
        EventId = EventIds.ModelLoaded, Level = LogLevel.Information, Message = "Model {Model} is loaded in {Milliseconds:0} ms; {Lanes} lanes")]
    public static partial void ModelLoaded(this ILogger logger, ModelIdentity model, int lanes, double milliseconds);

    [LoggerMessage(EventId = EventIds.ModelNotLoaded, Level = LogLevel.Error, Message = "Model {Model} of a table can't be loaded")]
    public static partial void ModelNotLoaded(this ILogger logger, Exception exception, ModelIdentity model);

    [LoggerMessage(
        EventId = EventIds.ModelFoldersWrong, Level = LogLevel.Warning, Message = "Folders of models are skipped, because they are wrong: {Reasons}")]
    public static partial void ModelFoldersWrong(this ILogger logger, string reasons);

    [LoggerMessage(EventId = EventIds.EmbeddingFailed, Level = LogLevel.Error, Message = "A picture of {Bytes} bytes could not be embedded")]
    public static partial void EmbeddingFailed(this ILogger logger, Exception exception, int bytes);
}
