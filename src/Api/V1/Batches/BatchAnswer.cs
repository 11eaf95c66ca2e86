using System.Text.Json.Serialization;
using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Problems;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Batches;

/// <summary>The results of a batch, in the order of its operations.</summary>
internal sealed record BatchAnswer([property: JsonPropertyName("results")] IReadOnlyList<BatchResult> Results);

/// <summary>The result of one operation: the status that the call alone would have, and the problem if it failed.</summary>
internal sealed record BatchResult(
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("effect"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Effect = null,
    [property: JsonPropertyName("key"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key = null,
    [property: JsonPropertyName("id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id = null,
    [property: JsonPropertyName("etag"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ETag = null,
    [property: JsonPropertyName("deleted"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Deleted = null,
    [property: JsonPropertyName("problem"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ProblemAnswer? Problem = null)
{
    public static BatchResult Of(Failure failure)
    {
        var problem = ProblemAnswer.Of(failure);
        return new BatchResult(problem.Status, Problem: problem);
    }

    public static BatchResult Of(Result<ItemWrite> result)
    {
        if (!result.TryGet(out var write, out var failure)) return Of(failure);
        var status = write.Effect == ItemEffect.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return new BatchResult(
            status, EnumWord.Of(write.Effect), write.Item.Texts.Key, write.Item.Id, Preconditions.Header(write.Item.Tag));
    }

    public static BatchResult OfDeleted(int count) => new(StatusCodes.Status204NoContent, "deleted", Deleted: count);
}

/// <summary>A batch, for the OpenAPI document.</summary>
internal sealed record BatchRequest([property: JsonPropertyName("operations")] IReadOnlyList<BatchOperationRequest> Operations);

/// <summary>An operation: one of put and delete.</summary>
internal sealed record BatchOperationRequest(
    [property: JsonPropertyName("put")] ItemRequest? Put = null, [property: JsonPropertyName("delete")] BatchDeleteRequest? Delete = null);

/// <summary>The item to delete.</summary>
internal sealed record BatchDeleteRequest([property: JsonPropertyName("key")] string? Key = null, [property: JsonPropertyName("id")] long? Id = null);
