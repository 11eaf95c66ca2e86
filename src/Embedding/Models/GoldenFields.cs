using System.Runtime.InteropServices;

namespace ImageSearch.Embedding.Models;

/// <summary>The manifest's pictures with known vectors.</summary>
internal static class GoldenFields
{
    internal static IReadOnlyList<GoldenPicture> Validate(
        IReadOnlyList<ManifestDocument.GoldenPart> golden, string folder, int dimension, FieldChecks checks)
    {
        var pictures = new List<GoldenPicture>(golden.Count);
        foreach (var part in golden)
        {
            var file = checks.Text("golden.file", part.File);
            if (file != Path.GetFileName(file)) checks.AddError($"golden.file is '{file}', must be a name in the manifest's folder");
            if (Vector(part.Vector, dimension) is { } vector) pictures.Add(new GoldenPicture(Path.Combine(folder, file), vector));
            else checks.AddError($"golden.vector of '{file}' must be {dimension} little-endian float32 values in base64");
        }

        return pictures;
    }

    private static float[]? Vector(string? base64, int dimension)
    {
        var bytes = new byte[dimension * sizeof(float)];
        if (base64 is null || !Convert.TryFromBase64String(base64, bytes, out var length) || length != bytes.Length) return null;
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }
}
