using System.Text;
using ImageSearch.Api.Http.Bodies;

namespace ImageSearch.Api.Http.Fields;

/// <summary>The fields and the file of a multipart form.</summary>
internal static class MultipartFields
{
    /// <summary>The documented name of the picture's part.</summary>
    public const string FileField = "file";

    /// <summary>The parts that are text, by name.</summary>
    /// <param name="parts">All parts.</param>
    /// <param name="contentType">The form's content type.</param>
    public static Result<Dictionary<string, FieldValue>> Of(IReadOnlyList<FormPart> parts, string? contentType)
    {
        var texts = parts.Where(part => !part.IsFile)
            .Select(part => new FormField(Encoding.UTF8.GetBytes(part.Name), part.Content, part.ContentType)).ToList();
        if (!FormFields.CharsetOf(texts, contentType).TryGet(out var common, out var failure)) return failure;

        // Headers are read as UTF-8, and invalid bytes become this character. In another charset such a name is not a field of the API.
        var undecodable = texts.RemoveAll(field => field.Name.Span.IndexOf("\uFFFD"u8) >= 0);
        return undecodable > 0 && common == FieldCharset.Utf8 ? FieldText.NotUtf8 : FormFields.Of(texts, contentType);
    }

    /// <summary>The picture's part; null where there is none.</summary>
    /// <param name="parts">All parts.</param>
    /// <param name="names">The names that it may have.</param>
    public static Result<RequestFile?> File(IReadOnlyList<FormPart> parts, params IReadOnlyList<string> names)
    {
        var files = parts.Where(part => part.IsFile && names.Contains(part.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (files.Count > 1) return FormFields.GivenTwice(names[0]);
        return files.Count == 1 ? new RequestFile(files[0].Content) : (RequestFile?)null;
    }
}
