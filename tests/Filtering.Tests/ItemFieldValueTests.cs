using FsCheck;
using FsCheck.Fluent;

namespace ImageSearch.Filtering.Tests;

public sealed class ItemFieldValueTests
{
    [Fact]
    public void The_value_of_a_field_is_the_one_that_filters_compare() =>
        Prop.ForAll(Generators.Item.ToArbitrary(), item =>
        {
            foreach (var field in Samples.Fields)
                ItemFieldValue.Of(item.Item, field).ShouldBe(Expected(item.Values[field]), $"{FilterFields.NameOf(field)} of {item}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Texts_are_ordered_by_code_points() =>
        FilterValueOrder.Instance.Compare(FilterValue.Of("～"), FilterValue.Of("😀")).ShouldBeLessThan(0);

    [Fact]
    public void Numbers_booleans_and_dates_are_ordered_by_value()
    {
        FilterValueOrder.Instance.Compare(FilterValue.Of(9), FilterValue.Of(10)).ShouldBeLessThan(0);
        FilterValueOrder.Instance.Compare(FilterValue.Of(false), FilterValue.Of(true)).ShouldBeLessThan(0);
        FilterValueOrder.Instance.Compare(FilterValue.Of(DateTimeOffset.UnixEpoch), FilterValue.Of(DateTimeOffset.MinValue)).ShouldBeGreaterThan(0);
    }

    private static FilterValue? Expected(object? value) => value switch
    {
        string text => FilterValue.Of(text),
        double number => FilterValue.Of(number),
        bool boolean => FilterValue.Of(boolean),
        DateTimeOffset date => FilterValue.Of(date),
        _ => null,
    };
}
