namespace ImageSearch.Cli.Tests.Migration;

/// <summary>Creates the folder of a model without its network, which the check of rows does not need.</summary>
internal static class ManifestOnly
{
    public static async Task WriteAsync(string folder, int dimension)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "manifest.json"),
            $$"""
            {
              "name": "resnet50", "version": "1", "license": "BSD-3-Clause", "file": "resnet50.onnx", "sha256": "{{new string('0', 64)}}",
              "input": {
                "name": "input", "layout": "NCHW", "dtype": "float32", "width": 224, "height": 224,
                "resize": "crop", "shortSide": 235, "filter": "bicubic",
                "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]
              },
              "output": { "name": "output", "dimension": {{dimension}} }
            }
            """);
    }
}
