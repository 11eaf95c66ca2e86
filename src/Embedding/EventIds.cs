namespace ImageSearch.Embedding;

/// <summary>Event ids of this project: 2000..2099.</summary>
internal static class EventIds
{
    public const int ModelLoaded = 2000;
    public const int EmbeddingFailed = 2001;
    public const int ModelNotLoaded = 2002;
    public const int ModelFoldersWrong = 2003;
}
