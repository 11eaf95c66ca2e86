namespace ImageSearch.Storage.Catalog;

/// <summary>A kept picture as it is read; of originals without the bytes.</summary>
internal readonly record struct KeptFile(long Id, int Version, PictureKind Kind, string MediaType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The files of each row together.</summary>
    public static IReadOnlyList<RowFiles> Group(IEnumerable<KeptFile> files) =>
        [.. files.GroupBy(file => (file.Id, file.Version)).Select(row => Of(row.Key.Id, row.Key.Version, [.. row]))];

    private static RowFiles Of(long id, int version, KeptFile[] files)
    {
        var thumbnail = Array.Find(files, file => file.Kind == PictureKind.Thumbnail);
        return new RowFiles(
            id, version, thumbnail.MediaType is null ? null : new KeptPicture(thumbnail.MediaType, thumbnail.Bytes),
            Array.Exists(files, file => file.Kind == PictureKind.Original));
    }
}
