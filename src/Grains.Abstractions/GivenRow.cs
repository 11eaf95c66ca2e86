using System.Text.Json.Serialization;

namespace ImageSearch;

/// <summary>What an import gives a row besides its fields, such as those of a row that was exported.</summary>
/// <param name="Id">The row's id, 1 or more; null for the row with the key, or a new id.</param>
/// <param name="Created">When the row was added, UTC, <c>yyyy-MM-dd HH:mm:ss.fff</c>; null for the present time, or the row's own date.</param>
/// <param name="Modified">When it was last changed, likewise; null for the present time.</param>
[GenerateSerializer, Immutable]
public sealed record GivenRow(long? Id, string? Created, string? Modified)
{
    /// <summary>
    /// Whether the row may have the key of another one, as rows of <c>/api/image/sim/*</c> do. Otherwise that is
    /// <see cref="FailureCode.ItemExists"/>.
    /// </summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MayShareKey { get; init; }
}
