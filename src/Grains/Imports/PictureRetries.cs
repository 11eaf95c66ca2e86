namespace ImageSearch.Grains.Imports;

/// <summary>What background work on pictures tries again.</summary>
internal static class PictureRetries
{
    /// <summary>Whether the same picture may succeed a moment later.</summary>
    public static bool IsTransient(this Failure failure) => !failure.IsLasting
        && failure.Code is FailureCode.Busy or FailureCode.Internal or FailureCode.UrlUnreachable or FailureCode.UrlTimeout;
}
