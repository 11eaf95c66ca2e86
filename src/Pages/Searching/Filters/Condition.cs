namespace ImageSearch.Pages.Searching.Filters;

/// <summary>A row of the filter builder: a field, what is asked of it, and the value as it was typed.</summary>
/// <param name="Field">The field.</param>
/// <param name="Test">One of the field's tests.</param>
/// <param name="Value">The value; ignored by tests that have none.</param>
public sealed record Condition(ConditionField Field, Test Test, string Value = "")
{
    /// <summary>Whether the test compares with a value.</summary>
    public bool HasValue => Test is not (Test.Exists or Test.Missing);

    /// <summary>The condition of another field: the value stays where its type does.</summary>
    public Condition Of(ConditionField field) => new(
        field, field.Tests.Contains(Test) ? Test : field.Tests[0], field.Type == Field.Type ? Value : "");
}

/// <summary>Conditions that hold all, or of which one holds.</summary>
/// <param name="Conditions">The conditions.</param>
/// <param name="IsAny">Whether one is enough.</param>
public sealed record ConditionList(IReadOnlyList<Condition> Conditions, bool IsAny = false);
