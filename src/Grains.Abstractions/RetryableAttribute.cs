namespace ImageSearch;

/// <summary>
/// The call is idempotent and may be sent again if no silo answered it. A call without this attribute may have been executed, so its client
/// gets status 503 instead.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RetryableAttribute : Attribute;
