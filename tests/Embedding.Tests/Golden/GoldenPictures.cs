namespace ImageSearch.Embedding.Tests.Golden;

/// <summary>The pictures of version 1 and their results.</summary>
internal static class GoldenPictures
{
    private static readonly GoldenVersion First = GoldenVersion.All[0];

    internal static IReadOnlyList<GoldenPicture> Of(string onnxFile) => First.Results(onnxFile);

    internal static byte[] Bytes(string file) => First.Bytes(file);
}
