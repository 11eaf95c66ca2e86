using System.Globalization;
using System.Text.Json;

namespace ImageSearch.Embedding.Models;

/// <summary>Reads the manifest.json of a model folder.</summary>
internal static class ManifestReader
{
    private const string FileName = "manifest.json";
    private const int MaxManifestBytes = 1 << 20;

    /// <summary>Reads and validates the manifest.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="ModelException">It is missing or wrong; names every wrong field.</exception>
    internal static ModelManifest Read(string folder)
    {
        var path = Path.Combine(Path.GetFullPath(folder), FileName);
        var checks = new FieldChecks();
        var manifest = Validate(Parse(path), Path.GetDirectoryName(path)!, checks);
        return checks.Errors.Count == 0 ? manifest : throw new ModelException($"{path}: {string.Join("; ", checks.Errors)}");
    }

    private static ManifestDocument Parse(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) throw new ModelException($"{path} does not exist: a model is a folder with {FileName} and an ONNX file, set MODEL or MODEL_PATH to one");
            if (file.Length > MaxManifestBytes) throw new ModelException($"{path} has {file.Length} bytes, at most {MaxManifestBytes} are read");
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ManifestJson.Default.ManifestDocument)
                ?? throw new ModelException($"{path} holds null instead of an object");
        }
        catch (JsonException e)
        {
            throw new ModelException($"{path}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} can't be read: {e.Message}", e);
        }
    }

    private static ModelManifest Validate(ManifestDocument document, string folder, FieldChecks checks)
    {
        var output = checks.Section("output", document.Output, new(null, null));
        var identity = new ModelIdentity(
            checks.Text("name", document.Name, 100),
            checks.Text("version", document.Version, 50),
            checks.Number("output.dimension", output.Dimension, 2, 16_384));
        var file = checks.Text("file", document.File);
        if (file != Path.GetFileName(file)) checks.AddError($"file is '{file}', must be a name in the manifest's folder");
        var sha256 = checks.Text("sha256", document.Sha256).ToLower(CultureInfo.InvariantCulture);
        if (document.Sha256 is not null && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigit)))
            checks.AddError($"sha256 is '{document.Sha256}', must be 64 hexadecimal digits");
        _ = checks.Text("license", document.License);

        var input = InputFields.Validate(checks.Section("input", document.Input, InputFields.Empty), checks);
        return new ModelManifest(
            identity,
            Path.Combine(folder, file),
            sha256,
            input,
            checks.Text("output.name", output.Name),
            document.Saliency is { } saliency ? Saliency(saliency, input, checks) : null,
            GoldenFields.Validate(document.Golden ?? [], folder, identity.Dimension, checks));
    }

    private static SaliencySpec Saliency(ManifestDocument.SaliencyPart saliency, InputSpec input, FieldChecks checks)
    {
        if (input.Resize != ResizeMode.Letterbox || input.Width != input.Height)
            checks.AddError("saliency needs a square input with input.resize 'letterbox'");
        var box = saliency.Box ?? new(null, null, null, null, null, null);
        return new SaliencySpec(
            checks.Text("saliency.name", saliency.Name),
            checks.Number("saliency.grid", saliency.Grid, 2, 512),
            new SaliencyBoxRule(
                checks.Fraction("saliency.box.minPeak", box.MinPeak, 0.3),
                checks.Fraction("saliency.box.relativeThreshold", box.RelativeThreshold, 0.35),
                checks.Fraction("saliency.box.keepComponentMass", box.KeepComponentMass, 0.2),
                checks.Fraction("saliency.box.margin", box.Margin, 0.03),
                checks.Fraction("saliency.box.minSide", box.MinSide, 0.12),
                checks.Fraction("saliency.box.maxArea", box.MaxArea, 0.8)),
            checks.Enum<bool>("saliency.searches", saliency.Searches, true, ("both", true), ("whole", false)));
    }
}
