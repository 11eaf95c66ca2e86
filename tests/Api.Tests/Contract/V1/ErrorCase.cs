namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A request that is a client's mistake, and the problem that it gets.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path; <c>T</c> in braces is the test's table.</param>
/// <param name="Body">The body: an object that becomes JSON, a text or nothing.</param>
/// <param name="Status">The status.</param>
/// <param name="Code">The code, which is the end of the type.</param>
/// <param name="Field">The field at fault; null if there is none.</param>
/// <param name="Value">A part of the value that the problem repeats; null if it repeats none.</param>
/// <param name="Bound">A part of the bound that the problem names; null if it names none.</param>
public sealed record ErrorCase(
    string Method, string Path, object? Body, int Status, string Code, string? Field = null, string? Value = null, string? Bound = null)
{
    /// <summary>A header of the request.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>The place of the result that has the problem, in an answer with several; null if the answer is the problem.</summary>
    public int? Part { get; init; }

    /// <summary>The content type of a body that is a text.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path} {Code} {Field} {Header?.Value}";
}
