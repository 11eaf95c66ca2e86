namespace ImageSearch.Pages.Pictures;

/// <summary>How large a file of a picture may be: as large as the service takes it.</summary>
public static class PictureSize
{
    /// <summary>The bound in megabytes, for messages.</summary>
    public const int MaxMegabytes = 20;

    /// <summary>The bound in bytes.</summary>
    public const int MaxBytes = MaxMegabytes << 20;
}
