using ImageSearch.Embedding;

namespace ImageSearch.Grains.Imports;

/// <summary>Reads and checks the files that lines have beside their vectors.</summary>
internal sealed class ListedPictures(InlinePictures inline, KeptPictureCheck check)
{
    /// <summary>The line's vectors, with the files that its table keeps; or why the line is invalid.</summary>
    public async Task<Result<PictureVectors>> ReadAsync(ImportItem item, ImportWork work, CancellationToken cancellationToken)
    {
        var vectors = item.Vectors!;
        if (item.Kept is not { } lengths) return vectors;
        if (!(await inline.LoadAsync(item.Line, cancellationToken)).TryGet(out var files, out var failure)) return failure;
        using (files)
        {
            var content = files.Content;
            if (!Of(content[..lengths.Thumbnail], KeptPictureCheck.Thumbnail).TryGet(out var thumbnail, out failure)
                || !Of(content.Slice(lengths.Thumbnail, lengths.Original), check.Original).TryGet(out var original, out failure))
                return failure;
            var kept = new KeptPictures(thumbnail, original).Limit(work.Keeps);
            return vectors with { Kept = kept is null ? null : new KeptPictures(Copy(kept.Thumbnail), Copy(kept.Original)) };
        }
    }

    private static Result<KeptPicture?> Of(ReadOnlyMemory<byte> file, Func<ReadOnlyMemory<byte>, Result<KeptPicture>> check)
    {
        if (file.IsEmpty) return (KeptPicture?)null;
        return check(file).TryGet(out var picture, out var failure) ? picture : failure;
    }

    // The memory is freed when the line is read.
    private static KeptPicture? Copy(KeptPicture? picture) => picture is null ? null : picture with { Bytes = picture.Bytes.ToArray() };
}
