using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageSearch.Embedding.Models;

/// <summary>The content of manifest.json before validation: any field can be missing or wrong.</summary>
internal sealed record ManifestDocument(
    string? Name,
    string? Version,
    string? Description,
    string? Source,
    string? License,
    string? LicenseFile,
    string? File,
    string? Sha256,
    ManifestDocument.InputPart? Input,
    ManifestDocument.OutputPart? Output,
    ManifestDocument.SaliencyPart? Saliency,
    ManifestDocument.GoldenPart[]? Golden = null)
{
    internal sealed record InputPart(
        string? Name,
        string? Layout,
        string? Dtype,
        string? Channels,
        int? Width,
        int? Height,
        string? Resize,
        string? Filter,
        int? ShortSide,
        double? MinOversampling,
        int[]? Pad,
        double? Scale,
        double[]? Mean,
        double[]? Std);

    internal sealed record OutputPart(string? Name, int? Dimension);

    internal sealed record SaliencyPart(string? Name, int? Grid, BoxPart? Box, string? Searches = null);

    internal sealed record GoldenPart(string? File, string? Vector);

    internal sealed record BoxPart(
        double? MinPeak, double? RelativeThreshold, double? KeepComponentMass, double? Margin, double? MinSide, double? MaxArea);
}

/// <summary>Unknown fields are errors: they may be misspelled.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(ManifestDocument))]
internal sealed partial class ManifestJson : JsonSerializerContext;
