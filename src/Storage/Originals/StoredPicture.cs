namespace ImageSearch.Storage.Originals;

/// <summary>A kept picture as the catalog has it.</summary>
/// <param name="Tag">Identifies the bytes.</param>
/// <param name="MediaType">The media type.</param>
/// <param name="Bytes">The file; empty if it was not requested or is an object.</param>
/// <param name="Token">The token of its object; null if the file is in the catalog.</param>
/// <param name="Length">Bytes of the file.</param>
internal sealed record StoredPicture(string Tag, string MediaType, byte[] Bytes, string? Token, int Length)
{
    public FoundPicture Found(byte[] bytes) => new(Tag, new KeptPicture(MediaType, bytes));
}
