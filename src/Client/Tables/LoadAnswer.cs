namespace ImageSearch.Client.Tables;

/// <summary>The answer of <c>/milvus/img/load</c>, which <c>/v1</c> has no call for.</summary>
internal sealed record LoadAnswer
{
    /// <summary>The code of success.</summary>
    public const int Success = 10000;

    public int Code { get; init; }

    public string Message { get; init; } = "";
}
