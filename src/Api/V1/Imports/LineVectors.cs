using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Search;

namespace ImageSearch.Api.V1.Imports;

/// <summary>The vectors of a line, which are stored as they are if they have unit length, and normalised otherwise.</summary>
internal static class LineVectors
{
    /// <summary>Reads them; null if the line has none.</summary>
    /// <param name="fields">The line's fields.</param>
    /// <param name="model">The table's model, which must have made the vectors.</param>
    public static Result<PictureVectors?> Read(RequestFields fields, ModelIdentity model)
    {
        if (!fields.Text("model").TryGet(out var named, out var failure)) return failure;
        var name = VectorText.NameOf(model);
        if (named is not null && named != name) return InvalidField.Of("model", named, $"{name}, the model of the table: vectors of two models can't be compared");
        if (!Read(fields, "vector", model.Dimension).TryGet(out var whole, out failure)) return failure;
        if (!Read(fields, "main_object_vector", model.Dimension).TryGet(out var mainObject, out failure)) return failure;
        if (whole is null) return mainObject is null ? (PictureVectors?)null : InvalidField.Missing("vector", "there beside main_object_vector");
        // Without the cast, null would become an empty vector.
        return new PictureVectors(model, whole, mainObject is null ? (ReadOnlyMemory<float>?)null : mainObject);
    }

    private static Result<float[]?> Read(RequestFields fields, string name, int dimension)
    {
        if (!fields.Has(name)) return (float[]?)null;
        float[]? vector;
        if (fields.Json(name) is { } list) vector = QueryVector.Parse(list.Span);
        else vector = fields.Base64(name).TryGet(out var bytes, out _) && bytes is { } values ? QueryVector.Parse(values) : null;
        if (vector is null) return InvalidField.Of(name, null, QueryVector.Bound);
        if (QueryVector.Check(name, vector, dimension) is { } failure) return failure;
        QueryVector.Normalise(vector);
        return vector;
    }
}
