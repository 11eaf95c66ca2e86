using System.Data.Common;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.Reembedding;

/// <summary>Reads a change of a model, which may be one that this version can't read.</summary>
internal static class ReembedRow
{
    /// <summary>Null if a value is not one that this version knows.</summary>
    public static Reembed? TryRead(DbDataReader row) =>
        TableName.Parse(row.GetString(1)).TryGet(out var name, out _)
        && Enum.TryParse<PictureViews>(row.GetString(8), out var views)
        && Enum.TryParse<ReembedState>(row.GetString(10), out var state)
            ? new Reembed(
                row.GetString(0), new TableGeneration(name, row.GetInt64(2)) { VectorSet = row.GetInt64(3) }, row.GetInt64(4),
                new ModelIdentity(row.GetString(5), row.GetString(6), row.GetInt32(7)),
                new ReembedChoices(views, row.GetInt64(9), row.Text(14), row.GetInt32(15) != 0), state,
                row.Text(11), row.GetString(12), row.Text(13))
            : null;

    /// <summary>Why a row has no vectors. A code that this version does not know is <see cref="FailureCode.Internal"/>.</summary>
    public static Failure FailureOf(string code, string? message) =>
        new(Enum.TryParse<FailureCode>(code, out var known) ? known : FailureCode.Internal, message ?? "");
}
