using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.Filtering.Tests;

public sealed class FilterTextTests
{
    [Fact]
    public void The_text_of_a_filter_reads_as_the_same_filter() =>
        Prop.ForAll(Generators.Filter.ToArbitrary(), filter =>
        {
            var text = FilterText.Write(filter);
            if (text.Length > FilterParser.MaxLength) return;
            Describe(Samples.Parse(text)).ShouldBe(Describe(filter), text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    // Records compare lists by reference, so trees are compared by their description.
    private static string Describe(Filter filter) => filter switch
    {
        AllOf all => $"all[{string.Join("; ", all.Terms.Select(Describe))}]",
        AnyOf any => $"any[{string.Join("; ", any.Terms.Select(Describe))}]",
        Negation not => $"not[{Describe(not.Term)}]",
        OneOf oneOf => $"{oneOf.Field} in [{string.Join("; ", oneOf.Values)}]",
        _ => filter.ToString(),
    };
}
