namespace ImageSearch;

/// <summary>Why a call on an API key fails.</summary>
public static class ApiKeyFailures
{
    /// <summary>No key has the id.</summary>
    public static Failure NotFound(string id) => new(FailureCode.KeyNotFound, "there is no key with this id; GET /v1/keys lists all")
    {
        Field = "id",
        Value = id,
        Bound = "the id of a key",
    };
}
