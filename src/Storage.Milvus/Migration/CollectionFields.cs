using System.Text.RegularExpressions;
using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Migration;

/// <summary>The fields of a collection that a migration reads.</summary>
/// <param name="Id">The primary key, an Int64 field.</param>
/// <param name="Key">The shop's key; null if there is none.</param>
/// <param name="Path">The path or URL of the picture; null if there is none.</param>
/// <param name="Vector">The vector, a field of float vectors.</param>
/// <param name="Dimension">The dimension of the vectors.</param>
public sealed partial record CollectionFields(string Id, string? Key, string? Path, string Vector, int Dimension)
{
    // The second Python system uses key and filepath; the others occur in collections that follow its pattern. Preferred names come first.
    private static readonly string[] KnownKeys = ["key", "itemkey", "imagekey", "imgkey"];
    private static readonly string[] KnownPaths = ["filepath", "path", "imagepath", "imgpath", "url", "imageurl", "imgurl"];

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"id in {Id}, key in {Key ?? "no field"}, path in {Path ?? "no field"}, vectors of {Dimension} values in {Vector}");

    /// <summary>Detects the fields by their types and names.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="names">The names that the user specified.</param>
    /// <returns>The fields, or a failure that lists the existing fields.</returns>
    public static Result<CollectionFields> Find(MilvusCollectionDescription collection, FieldNames names)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(names);
        if (collection.Fields.FirstOrDefault(field => !Name().IsMatch(field.Name)) is not null)
            return Reject(collection, "has a field whose name has other characters than letters, digits and underscores");
        if (collection.Fields.FirstOrDefault(field => field.IsPrimaryKey) is not { Type: MilvusFieldType.Int64 } id)
            return Reject(collection, "has no primary key of type Int64, the type of ids");
        if (!FindVector(collection, names.Vector).TryGet(out var vector, out var failure)) return failure;
        if (!FindText(collection, names.Key, KnownKeys, "key", "--key-field").TryGet(out var key, out failure)) return failure;
        if (!FindText(collection, names.Path, KnownPaths, "path of its picture", "--path-field").TryGet(out var path, out failure)) return failure;
        return new CollectionFields(id.Name, key.Name, path.Name, vector.Name, vector.Dimension!.Value);
    }

    private static Result<MilvusField> FindVector(MilvusCollectionDescription collection, string? name)
    {
        var vectors = collection.Fields.Where(field => field is { Type: MilvusFieldType.FloatVector, Dimension: > 0 }).ToList();
        if (name is { Length: > 0 })
        {
            return vectors.Find(field => field.Name == name) is { } named
                ? named
                : Reject(collection, $"has no field {name} of float vectors (--vector-field)");
        }

        return vectors switch
        {
            [var only] => only,
            [] => Reject(collection, "has no field of float vectors"),
            _ => Reject(collection, "has several fields of float vectors; select one with --vector-field"),
        };
    }

    private static Result<TextField> FindText(MilvusCollectionDescription collection, string? name, string[] known, string what, string option)
    {
        var texts = collection.Fields.Where(field => field is { Type: MilvusFieldType.VarChar, IsPrimaryKey: false }).ToList();
        if (name is { Length: 0 }) return new TextField(null);
        if (name is not null)
        {
            return texts.Exists(field => field.Name == name)
                ? new TextField(name)
                : Reject(collection, $"has no text field {name} ({option})");
        }

        var found = known.Select(key => texts.Find(field => Normalize(field.Name) == key)).FirstOrDefault(field => field is not null);
        return found is not null
            ? new TextField(found.Name)
            : Reject(
                collection, $"has no text field with a known name for a row's {what}; set it with {option}, or set {option} to an empty name if there is none");
    }

    private static string Normalize(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static Failure Reject(MilvusCollectionDescription collection, string why) => new(
        FailureCode.RequestInvalid,
        $"collection {collection.Name} {why}; its fields are: {string.Join(", ", collection.Fields.Select(Describe))}");

    private static string Describe(MilvusField field)
    {
        var dimension = field.Dimension is { } values ? FormattableString.Invariant($" of {values}") : "";
        return $"{ServerText.Printable(field.Name)} ({field.Type}{dimension}{(field.IsPrimaryKey ? ", primary key" : "")})";
    }

    // Names are not escaped in filters.
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    private readonly record struct TextField(string? Name);
}
