using System.Buffers;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.Pictures;
using ImageSearch.Api.Security.Access;
using ImageSearch.Api.V1.Items;
using ImageSearch.Fetching;
using ImageSearch.Filtering;

namespace ImageSearch.Api.V1.Imports;

/// <summary>Validates the fields of a line, whichever format it is in.</summary>
/// <param name="schema">The table's attributes.</param>
/// <param name="model">The table's model.</param>
/// <param name="memory">The memory for inline pictures.</param>
internal sealed class ItemFields(IReadOnlyList<AttributeDefinition> schema, ModelIdentity model, BodyMemory memory)
{
    /// <summary>The field by which a line of a list in a ZIP names its picture.</summary>
    public const string File = "file";

    private static readonly string[] SourcesElsewhere = ["url", "server_path", "image", "vector", "main_object_vector", "model", .. LineFiles.Fields];
    private static readonly byte[] NoAttributes = "null"u8.ToArray();

    /// <summary>The table's attributes.</summary>
    public IReadOnlyList<AttributeDefinition> Schema => schema;

    /// <summary>Whether pictures are files of a ZIP: a line has <see cref="File"/> instead of the fields that name or are a picture elsewhere.</summary>
    public bool InZip { get; private init; }

    /// <summary>Whether a line with an id may have the key of another row.</summary>
    public bool MayShareKeys { get; init; }

    /// <summary>Whether a line may name a file of the server.</summary>
    public bool MayReadFiles { get; init; } = true;

    /// <summary>What the table keeps of pictures.</summary>
    public KeepPictures Keeps { get; init; }

    /// <summary>As these, for lines of a ZIP.</summary>
    public ItemFields OfZip() => new(schema, model, memory) { InZip = true, MayShareKeys = MayShareKeys, MayReadFiles = MayReadFiles, Keeps = Keeps };

    /// <summary>The fields that a line may have.</summary>
    /// <param name="names">Those of a list that is not in a ZIP.</param>
    public IEnumerable<string> Known(IEnumerable<string> names) =>
        InZip ? names.Except(SourcesElsewhere).Prepend(File) : names;

    /// <param name="line">The line's number.</param>
    /// <param name="fields">Its fields.</param>
    /// <param name="attributes">A JSON object of attributes, or null.</param>
    /// <exception cref="ListUnreadableException">There is no memory left for the picture.</exception>
    public ListLine Read(long line, RequestFields fields, ReadOnlyMemory<byte>? attributes)
    {
        if (!ReadTexts(fields).TryGet(out var given, out var failure)) return new ListLine(line, failure);
        var texts = given.Texts;
        if (!LineRow.Read(fields).TryGet(out var row, out failure)) return new ListLine(line, failure);
        if (row is { Id: not null } && MayShareKeys) row = row with { MayShareKey = true };
        if (attributes is { } json && !json.Span.SequenceEqual(NoAttributes))
        {
            // Parsing takes many times the memory of the text, which no one counts.
            if (json.Length > AttributeInput.MaxJsonBytes)
                return new ListLine(line, Invalid($"its attributes are {json.Length} bytes of JSON, at most {AttributeInput.MaxJsonBytes} are read"));
            if (!AttributeValues.Read(json, schema).TryGet(out var values, out failure)) return new ListLine(line, failure);
            texts = texts with { Attributes = values };
        }

        if (!LineVectors.Read(fields, model).TryGet(out var vectors, out failure)) return new ListLine(line, failure);
        if (!fields.Base64("image").TryGet(out var image, out failure)) return new ListLine(line, failure);
        if (!LineFiles.Read(fields, vectors is not null, Keeps).TryGet(out var files, out failure)) return new ListLine(line, failure);
        if (InZip && given.ServerPath is null) return new ListLine(line, Invalid("it needs a file, the name of a file in the ZIP"));
        if (!LineSource.Of(given.Url, given.Path, given.ServerPath, image is not null, vectors is not null).TryGet(out var source, out failure))
            return new ListLine(line, failure);
        if (!InZip && !MayReadFiles && source.Path is { } file) return new ListLine(line, ServerFiles.Denied("server_path", file));
        var key = texts.Key ?? (row?.Id is null ? source.DefaultKey : null);
        if (key is null && row?.Id is null) return new ListLine(line, Invalid("a line with an image or a vector needs a key or an id"));
        if (texts.Key is null && key is not null && key.EnumerateRunes().Count() > PictureTexts.MaxKeyLength)
        {
            var location = InZip ? "the file's name" : "the location of the picture";
            return new ListLine(
                line, Invalid($"without a key, {location} is the key and may have {PictureTexts.MaxKeyLength} characters: give the line a key"));
        }

        texts = texts with { Key = key, FilePath = source.Location is { } stored ? StoredPath.Of(stored) : null };
        var item = new ImportItem(line, source.Url, source.Path, texts) { Row = row, Vectors = vectors };
        if (files.Lengths is { } kept)
        {
            var both = files.Own(memory);
            return new ListLine(line, item with { Kept = kept, Image = both.Content }, both);
        }

        if (image is not { } bytes) return new ListLine(line, item);
        var owned = Own(bytes);
        return new ListLine(line, item with { IsInline = true, Image = owned.Content }, owned);
    }

    private Result<Given> ReadTexts(RequestFields fields)
    {
        if (!TextOf(fields, "url", PictureFetcher.MaxUrlLength).TryGet(out var url, out var failure)) return failure;
        if (!TextOf(fields, "path", PictureTexts.MaxFilePathLength).TryGet(out var path, out failure)) return failure;
        if (!fields.Trimmed(InZip ? File : "server_path", PictureTexts.MaxFilePathLength).TryGet(out var serverPath, out failure)) return failure;
        if (!fields.Trimmed("key", PictureTexts.MaxKeyLength).TryGet(out var key, out failure)) return failure;
        if (!TextOf(fields, "tags", PictureTexts.MaxTagsLength).TryGet(out var tags, out failure)) return failure;
        if (!TextOf(fields, "brief", PictureTexts.MaxBriefLength).TryGet(out var brief, out failure)) return failure;
        return fields.Trimmed("product_id", PictureTexts.MaxProductIdLength).TryGet(out var product, out failure)
            ? new Given(url, path, serverPath, new PictureTexts(tags, brief, key) { ProductId = product })
            : failure;
    }

    // The documented APIs store white space at the ends of these texts, so a line of an export has it too.
    private static Result<string?> TextOf(RequestFields fields, string name, int maxLength)
    {
        if (!fields.Has("vector")) return fields.Trimmed(name, maxLength);
        return fields.Text(name, maxLength).TryGet(out var text, out var failure) ? (text is "" ? null : text) : failure;
    }

    private ClientBuffer Own(ReadOnlyMemory<byte> image)
    {
        var buffer = memory.NewBuffer(RequestLimits.MaxPictureBytes);
        if (buffer.TryAppend(new ReadOnlySequence<byte>(image))) return buffer;
        buffer.Dispose();
        throw new ListUnreadableException(RequestLimits.ServiceBusy);
    }

    private static Failure Invalid(string why) => new(FailureCode.RequestInvalid, why);

    private readonly record struct Given(string? Url, string? Path, string? ServerPath, PictureTexts Texts);
}
