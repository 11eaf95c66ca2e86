namespace ImageSearch.Storage;

/// <summary>
/// The meter of all that this project measures. Each catalog and store has an instance of it, which ends with it: an instrument that shows
/// its owner's state must not outlive it.
/// </summary>
public static class StorageMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ImageSearch.Storage";
}
