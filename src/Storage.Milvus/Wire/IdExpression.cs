using System.Globalization;
using System.Text;

namespace ImageSearch.Storage.Milvus.Wire;

/// <summary>Milvus expressions over the primary key.</summary>
internal static class IdExpression
{
    /// <summary>The row's id is one of these.</summary>
    public static string AnyOf(IEnumerable<long> ids)
    {
        var filter = new StringBuilder(MilvusSchema.Id).Append(" in [");
        foreach (var id in ids) filter.Append(CultureInfo.InvariantCulture, $"{id},");
        if (filter[^1] == ',') filter.Length--;
        return filter.Append(']').ToString();
    }
}
