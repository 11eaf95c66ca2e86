using System.Text.Json;
using ImageSearch.Filtering.Attributes;
using ImageSearch.Filtering.Text;

namespace ImageSearch.Filtering;

/// <summary>
/// Validates attributes against a table's schema and writes the text of <see cref="PictureTexts.Attributes"/>: the schema's order, no white
/// space, dates in UTC to the millisecond, strings of a list once each. Null, an empty string and an empty list are no values and are left
/// out.
/// Failures are <see cref="FailureCode.RequestInvalid"/> and name the attribute, the value and the bound.
/// </summary>
public static class AttributeValues
{
    /// <summary>Reads all attributes of an item.</summary>
    /// <param name="attributes">A client's JSON object.</param>
    /// <param name="schema">The table's attributes.</param>
    /// <returns>The text to store; null if there are no values.</returns>
    public static Result<string?> Read(JsonElement attributes, IReadOnlyList<AttributeDefinition> schema) =>
        AttributeMembers.Read(attributes, schema).TryGet(out var members, out var failure) ? members.Write() : failure;

    /// <summary>Reads all attributes of an item from UTF-8.</summary>
    public static Result<string?> Read(ReadOnlyMemory<byte> json, IReadOnlyList<AttributeDefinition> schema)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement, schema);
        }
        catch (JsonException exception)
        {
            return new Failure(
                FailureCode.RequestInvalid,
                $"attributes are not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
        }
    }

    /// <summary>Reads a change of attributes, where null, an empty string or an empty list removes a value.</summary>
    /// <param name="patch">A client's JSON object.</param>
    /// <param name="schema">The table's attributes.</param>
    /// <returns>The text of <see cref="FieldChanges.Attributes"/>.</returns>
    public static Result<string> ReadPatch(JsonElement patch, IReadOnlyList<AttributeDefinition> schema) =>
        AttributeMembers.Read(patch, schema).TryGet(out var members, out var failure) ? members.WritePatch() : failure;

    /// <summary>Applies a change to stored attributes.</summary>
    /// <param name="current">The stored text, or null. Values that the schema does not allow are dropped.</param>
    /// <param name="patch">The text of <see cref="FieldChanges.Attributes"/>.</param>
    /// <param name="schema">The table's attributes.</param>
    /// <returns>The text to store; null if there are no values.</returns>
    public static Result<string?> Merge(string? current, string patch, IReadOnlyList<AttributeDefinition> schema)
    {
        try
        {
            using var document = JsonDocument.Parse(patch);
            return AttributeMembers.Read(document.RootElement, schema).TryGet(out var changes, out var failure)
                ? AttributeMembers.ReadStored(current, schema).With(changes).Write()
                : failure;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return new Failure(FailureCode.RequestInvalid, $"attributes are not valid JSON: {UserText.Show(patch)}");
        }
    }
}
