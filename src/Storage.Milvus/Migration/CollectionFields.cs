using System.Text.RegularExpressions;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Migration;

/// <summary>What the user says of a collection's fields. Null: found by the names that such fields usually have.</summary>
/// <param name="Key">The shop's key; an empty text where the collection has none.</param>
/// <param name="Path">Where the picture is; an empty text where the collection does not say.</param>
/// <param name="Vector">The vector.</param>
public sealed record FieldNames(string? Key = null, string? Path = null, string? Vector = null);

/// <summary>Which fields of a collection are read.</summary>
/// <param name="Id">The primary key, whole numbers.</param>
/// <param name="Key">The shop's key; null where there is none.</param>
/// <param name="Path">Where the picture is; null where there is none.</param>
/// <param name="Vector">The vector, float32.</param>
/// <param name="Dimension">Its values.</param>
public sealed partial record CollectionFields(string Id, string? Key, string? Path, string Vector, int Dimension)
{
    // The second Python system calls them key and filepath; the others are for collections that were made after its pattern.
    private static readonly string[] UsualKeys = ["key", "itemkey", "imagekey", "imgkey"];
    private static readonly string[] UsualPaths = ["filepath", "path", "imagepath", "imgpath", "url", "imageurl", "imgurl"];

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"id in {Id}, key in {Key ?? "no field"}, path in {Path ?? "no field"}, vectors of {Dimension} values in {Vector}");

    /// <summary>Tells the fields by their kinds and names.</summary>
    /// <returns>The fields, or a sentence that lists those there are.</returns>
    internal static Result<CollectionFields> Find(MilvusCollection collection, FieldNames choice)
    {
        if (collection.Fields.FirstOrDefault(field => !Name().IsMatch(field.Name)) is not null)
            return Refused(collection, "has a field whose name is no word of letters, digits and underscores");
        if (collection.Fields.FirstOrDefault(field => field.IsPrimaryKey) is not { Type: MilvusFieldType.Int64 } id)
            return Refused(collection, "has no whole number (Int64) as its primary key, and ids here are whole numbers");
        if (!FindVector(collection, choice.Vector).TryGet(out var vector, out var failure)) return failure;
        if (!FindText(collection, choice.Key, UsualKeys, "key", "--key-field").TryGet(out var key, out failure)) return failure;
        if (!FindText(collection, choice.Path, UsualPaths, "path of its picture", "--path-field").TryGet(out var path, out failure)) return failure;
        return new CollectionFields(id.Name, key.Name, path.Name, vector.Name, vector.Dimension!.Value);
    }

    private static Result<MilvusField> FindVector(MilvusCollection collection, string? chosen)
    {
        var vectors = collection.Fields.Where(field => field is { Type: MilvusFieldType.FloatVector, Dimension: > 0 }).ToList();
        if (chosen is { Length: > 0 })
        {
            return vectors.Find(field => field.Name == chosen) is { } named
                ? named
                : Refused(collection, $"has no field {chosen} of float vectors (--vector-field)");
        }

        return vectors switch
        {
            [var only] => only,
            [] => Refused(collection, "has no field of float vectors"),
            _ => Refused(collection, "has several fields of float vectors; name one with --vector-field"),
        };
    }

    private static Result<TextField> FindText(MilvusCollection collection, string? chosen, string[] usual, string what, string option)
    {
        var texts = collection.Fields.Where(field => field is { Type: MilvusFieldType.VarChar, IsPrimaryKey: false }).ToList();
        if (chosen is { Length: 0 }) return new TextField(null);
        if (chosen is not null)
        {
            return texts.Exists(field => field.Name == chosen)
                ? new TextField(chosen)
                : Refused(collection, $"has no text field {chosen} ({option})");
        }

        // The better names come first.
        var found = usual.Select(name => texts.Find(field => Plain(field.Name) == name)).FirstOrDefault(field => field is not null);
        return found is not null
            ? new TextField(found.Name)
            : Refused(
                collection, $"does not show which text field holds a row's {what}; name it with {option}, or give {option} an empty name where there is none");
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static Failure Refused(MilvusCollection collection, string why) => new(
        FailureCode.RequestInvalid,
        $"collection {collection.Name} {why}; its fields are: {string.Join(", ", collection.Fields.Select(Shown))}");

    private static string Shown(MilvusField field)
    {
        var dimension = field.Dimension is { } values ? FormattableString.Invariant($" of {values}") : "";
        return $"{ServerText.Printable(field.Name)} ({field.Type}{dimension}{(field.IsPrimaryKey ? ", primary key" : "")})";
    }

    // Names stand in filters as they are.
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private readonly record struct TextField(string? Name);
}
