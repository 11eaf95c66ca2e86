using ImageSearch.Api.V1.Items;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Batches;

/// <summary>One operation of a batch: a put or a delete.</summary>
/// <param name="Put">The item to put; null if it is a delete.</param>
/// <param name="Delete">The item to delete.</param>
internal sealed record BatchOperation(PutRequest? Put, ItemReference Delete)
{
    private static readonly string[] Kinds = ["put", "delete"];
    private static readonly string[] PutMembers = [.. ItemInput.Known, "key", "on_existing_key"];
    private static readonly string[] DeleteMembers = ["key", "id"];

    /// <summary>Reads an operation.</summary>
    /// <param name="json">Its JSON object.</param>
    /// <param name="index">Its place in the batch.</param>
    /// <param name="abandon">Called if a message to another process may hold the request's bytes.</param>
    public static Result<BatchOperation> Read(Memory<byte> json, int index, Action abandon)
    {
        var path = $"operations[{index}]";
        if (!Members.Parse(json, $"{path}.", Kinds).TryGet(out var operation, out var failure)
            || !operation.Nested("put", PutMembers).TryGet(out var put, out failure)
            || !operation.Nested("delete", DeleteMembers).TryGet(out var delete, out failure))
            return failure;
        if (put is not null && delete is not null) return InvalidField.Conflict($"{path}.put", "delete");
        if (put is not null) return ReadPut(put, abandon);
        return delete is not null ? ReadDelete(delete) : InvalidField.Missing(path, "an object with put or delete");
    }

    private static Result<BatchOperation> ReadPut(Members put, Action abandon)
    {
        if (!put.Text("key", PictureTexts.MaxKeyLength).TryGet(out var key, out var failure)
            || !put.Word<KeyRule>("on_existing_key").TryGet(out var rule, out failure)
            || !ItemInput.Read(put, null, abandon).TryGet(out var input, out failure))
            return failure;
        if (key is not null && ExactPathFilter.IsDotSegment(key)) return InvalidField.Of(put.Path("key"), key, "a text other than . and ..");
        return key is null
            ? InvalidField.Missing(put.Path("key"), $"a text of 1 to {PictureTexts.MaxKeyLength} characters")
            : new BatchOperation(new PutRequest(key, input, rule, Condition: null) { Call = "put_many" }, default);
    }

    private static Result<BatchOperation> ReadDelete(Members delete)
    {
        if (!delete.Text("key", PictureTexts.MaxKeyLength).TryGet(out var key, out var failure)
            || !delete.Integer("id", 1, long.MaxValue).TryGet(out var id, out failure))
            return failure;
        if (key is not null && id is not null) return InvalidField.Conflict(delete.Path("id"), "key");
        if (key is null && id is null) return InvalidField.Missing(delete.Path("key"), "the key of an item, or id");
        return new BatchOperation(null, new ItemReference(key, id ?? 0));
    }
}
