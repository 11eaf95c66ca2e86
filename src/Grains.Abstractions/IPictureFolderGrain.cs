namespace ImageSearch;

/// <summary>Lists folders of IMAGE_ROOTS, which only silos must have. It is a stateless worker, so the key is always <see cref="Key"/>.</summary>
[Alias("ImageSearch.IPictureFolderGrain")]
public interface IPictureFolderGrain : IGrainWithStringKey
{
    /// <summary>The only key of this grain.</summary>
    const string Key = "default";

    /// <summary>Lists files by page. No file is opened.</summary>
    /// <returns>
    /// A page; <see cref="FailureCode.PathDenied"/> if the folder is missing or denied, or has folders that are too deep;
    /// <see cref="FailureCode.RequestInvalid"/> for the pattern.
    /// </returns>
    [Alias("List"), AnySilo, Retryable, ResponseTimeout("00:01:00")]
    Task<Result<FolderPage>> ListAsync(FolderQuery query, CancellationToken cancellationToken);
}
