namespace ImageSearch;

/// <summary>A front end sends such a call to the silos in turn; in one process there is but one place.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnySiloAttribute : Attribute;
