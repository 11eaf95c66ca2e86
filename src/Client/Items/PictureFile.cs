namespace ImageSearch.Client.Items;

/// <summary>A file of a picture that the service keeps.</summary>
/// <param name="MediaType">Its type, such as <c>image/webp</c>.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record PictureFile(string MediaType, ReadOnlyMemory<byte> Bytes);
