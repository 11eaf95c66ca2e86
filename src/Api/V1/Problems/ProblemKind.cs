namespace ImageSearch.Api.V1.Problems;

/// <summary>A kind of error of <c>/v1</c>.</summary>
/// <param name="Code">Its name in snake case, which does not change.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What it means.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record ProblemKind(string Code, int Status, string Title, string Remedy)
{
    /// <summary>The problem's type: a relative URI that answers what it means.</summary>
    public string Type => $"/v1/problems/{Code}";
}
