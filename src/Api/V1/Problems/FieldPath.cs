namespace ImageSearch.Api.V1.Problems;

/// <summary>Where a field is in a request that has several parts.</summary>
internal static class FieldPath
{
    /// <summary>Lets a failure of a part name its field from the body's root on, such as <c>operations[3].put.attributes.price</c>.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="part">The part, such as <c>operations[3].put</c>.</param>
    public static Failure Within(this Failure failure, string part) =>
        failure.Field is { } field && IsOfPart(failure.Code) && !field.StartsWith(part, StringComparison.Ordinal)
            ? failure with { Field = $"{part}.{field}" }
            : failure;

    // These name a setting, which is in no request.
    private static bool IsOfPart(FailureCode code) => code is not (FailureCode.QuotaReached or FailureCode.TableLimitReached);
}
