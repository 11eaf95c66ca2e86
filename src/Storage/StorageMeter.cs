namespace ImageSearch.Storage;

/// <summary>
/// The meter of this project's instruments. Each catalog and store creates an instance and disposes it: an observable instrument must not
/// outlive its owner.
/// </summary>
public static class StorageMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "ImageSearch.Storage";
}
