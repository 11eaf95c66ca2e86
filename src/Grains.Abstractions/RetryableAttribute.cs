namespace ImageSearch;

/// <summary>
/// The call may be sent again when no silo answered it: a second run changes nothing that the first one did not. A call without this mark
/// is answered with 503 instead, because it may have been carried out.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RetryableAttribute : Attribute;
