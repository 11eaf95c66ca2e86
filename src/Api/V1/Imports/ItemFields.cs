using System.Buffers;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.V1.Items;
using ImageSearch.Fetching;
using ImageSearch.Filtering;

namespace ImageSearch.Api.V1.Imports;

/// <summary>Validates the fields of a line, whichever format it is in.</summary>
/// <param name="schema">The table's attributes.</param>
/// <param name="memory">The memory for inline pictures.</param>
internal sealed class ItemFields(IReadOnlyList<AttributeDefinition> schema, BodyMemory memory)
{
    private static readonly byte[] NoAttributes = "null"u8.ToArray();

    /// <summary>The table's attributes.</summary>
    public IReadOnlyList<AttributeDefinition> Schema => schema;

    /// <param name="line">The line's number.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="attributes">A JSON object of attributes, or null.</param>
    /// <exception cref="ListUnreadableException">There is no memory left for the picture.</exception>
    public ListLine Read(long line, RequestFields fields, ReadOnlyMemory<byte>? attributes)
    {
        if (!ReadTexts(fields).TryGet(out var given, out var failure)) return new ListLine(line, failure);
        var (url, path, texts) = given;
        if (attributes is { } json && !json.Span.SequenceEqual(NoAttributes))
        {
            // Parsing takes many times the memory of the text, which no one counts.
            if (json.Length > AttributeInput.MaxJsonBytes)
                return new ListLine(line, Invalid($"its attributes are {json.Length} bytes of JSON, at most {AttributeInput.MaxJsonBytes} are read"));
            if (!AttributeValues.Read(json, schema).TryGet(out var values, out failure)) return new ListLine(line, failure);
            texts = texts with { Attributes = values };
        }

        if (!fields.Base64("image").TryGet(out var image, out failure)) return new ListLine(line, failure);
        var sources = (url is null ? 0 : 1) + (path is null ? 0 : 1) + (image is null ? 0 : 1);
        if (sources != 1) return new ListLine(line, Invalid(fields.Has("image") ? "it needs one of url, path and image" : "it needs either url or path"));
        if (texts.Key is null && image is not null) return new ListLine(line, Invalid("a line with an image needs a key"));
        var origin = url ?? path ?? "";
        if (texts.Key is null && origin.EnumerateRunes().Count() > PictureTexts.MaxKeyLength)
        {
            return new ListLine(
                line, Invalid($"without a key, url or path is the key and may have {PictureTexts.MaxKeyLength} characters: give the line a key"));
        }

        texts = texts with { Key = texts.Key ?? origin, FilePath = StoredPath.Of(origin) };
        if (image is not { } bytes) return new ListLine(line, new ImportItem(line, url, path, texts));
        var owned = Own(bytes);
        return new ListLine(line, new ImportItem(line, null, null, texts) { IsInline = true, Image = owned.Content }, owned);
    }

    private static Result<Given> ReadTexts(RequestFields fields)
    {
        if (!fields.Trimmed("url", PictureFetcher.MaxUrlLength).TryGet(out var url, out var failure)) return failure;
        if (!fields.Trimmed("path", PictureTexts.MaxFilePathLength).TryGet(out var path, out failure)) return failure;
        if (!fields.Trimmed("key", PictureTexts.MaxKeyLength).TryGet(out var key, out failure)) return failure;
        if (!fields.Trimmed("tags", PictureTexts.MaxTagsLength).TryGet(out var tags, out failure)) return failure;
        if (!fields.Trimmed("brief", PictureTexts.MaxBriefLength).TryGet(out var brief, out failure)) return failure;
        return fields.Trimmed("product_id", PictureTexts.MaxProductIdLength).TryGet(out var product, out failure)
            ? new Given(url, path, new PictureTexts(tags, brief, key) { ProductId = product })
            : failure;
    }

    private ClientBuffer Own(ReadOnlyMemory<byte> image)
    {
        var buffer = memory.NewBuffer(RequestLimits.MaxPictureBytes);
        if (buffer.TryAppend(new ReadOnlySequence<byte>(image))) return buffer;
        buffer.Dispose();
        throw new ListUnreadableException(RequestLimits.ServiceBusy);
    }

    private static Failure Invalid(string why) => new(FailureCode.RequestInvalid, why);

    private readonly record struct Given(string? Url, string? Path, PictureTexts Texts);
}
