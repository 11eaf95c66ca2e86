extern alias service;

using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Client.Tables;
using ImageSearch.Pages.Searching.Filters;
using service::ImageSearch.Filtering;
using Condition = ImageSearch.Pages.Searching.Filters.Condition;
using ServiceAttribute = service::ImageSearch.AttributeDefinition;
using ServiceType = service::ImageSearch.AttributeType;

namespace ImageSearch.Pages.Tests.Searching.Filters;

/// <summary>The service reads what the builder writes, and it means what was picked.</summary>
public sealed class FilterWriterTests
{
    private static readonly AttributeDefinition[] Schema =
    [
        AttributeDefinition.Of("price", AttributeType.Number), AttributeDefinition.Of("brand", AttributeType.String),
        AttributeDefinition.Of("in_stock", AttributeType.Boolean), AttributeDefinition.Of("released", AttributeType.Date),
        AttributeDefinition.Of("colors", AttributeType.StringList),
    ];

    private static readonly ServiceAttribute[] ServiceSchema =
        [.. Schema.Select(attribute => new ServiceAttribute(attribute.Name, Enum.Parse<ServiceType>(attribute.Type.ToString()), Indexed: true))];

    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static readonly FilterWriter Writer = new(Shanghai);

    private static readonly string[] Texts =
        ["a", "a\"b", "a\\", "'", "\" OR id > 0 OR key = \"", "a\nb", "中文", "😀", "\u0001", " a ", "\\u0041", "AND", "<img src=x onerror=alert(1)>"];

    private static readonly string[] Numbers = ["0", "-1.5", "49.90", "1e300", "-1E-7", " 7 ", "9007199254740993", ".5", "1."];

    private static readonly string[] Days = ["2026-11-01", "1969-12-31", "0001-01-03", "9999-12-29"];

    [Fact]
    public void The_service_reads_what_was_picked() => Prop.ForAll(
        Conditions.ToArbitrary(),
        picked =>
        {
            picked.Conditions.ShouldAllBe(condition => FilterWriter.FaultOf(condition) == null);
            var read = FilterParser.Parse(Writer.Write(picked), ServiceSchema);
            read.TryGet(out var filter, out var failure).ShouldBeTrue($"{Writer.Write(picked)}: {failure}");
            FilterText.Write(filter!).ShouldBe(FilterText.Write(Meaning(picked)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("price", "", false)]
    [InlineData("price", "cheap", false)]
    [InlineData("price", "1e400", false)]
    [InlineData("price", "NaN", false)]
    [InlineData("price", "3.5", true)]
    [InlineData("brand", "", false)]
    [InlineData("brand", " ", true)]
    [InlineData("in_stock", "maybe", false)]
    [InlineData("released", "2026-02-30", false)]
    [InlineData("released", "2026-02-28", true)]
    [InlineData("tags", "red fruit", false)]
    [InlineData("tags", "red，fruit", false)]
    [InlineData("tags", "red", true)]
    public void What_the_service_would_refuse_is_a_fault(string field, string value, bool isRight)
    {
        var picked = FieldOf(field);
        (FilterWriter.FaultOf(new Condition(picked, picked.Tests[0], value)) is null).ShouldBe(isRight);
    }

    [Fact]
    public void A_text_that_is_longer_than_the_field_is_a_fault() =>
        FilterWriter.FaultOf(new Condition(FieldOf("brand"), Test.Equal, new string('a', 256))).ShouldNotBeNull();

    [Fact]
    public void A_day_begins_at_midnight_of_the_browser() =>
        Writer.Write(new ConditionList([new Condition(FieldOf("created"), Test.OnDay, "2026-11-01")]))
            .ShouldBe("created >= \"2026-10-31T16:00:00Z\" AND created < \"2026-11-01T16:00:00Z\"");

    [Fact]
    public void A_day_in_which_clocks_skip_midnight_begins_when_they_go_on()
    {
        var beirut = new FilterWriter(TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut"));
        beirut.Write(new ConditionList([new Condition(FieldOf("created"), Test.From, "2024-03-31")])).ShouldBe("created >= \"2024-03-30T22:00:00Z\"");
    }

    private static ConditionField FieldOf(string name) => ConditionField.Of(Schema).Single(field => field.Name == name);

    private static Gen<ConditionList> Conditions =>
        from conditions in Gen.Elements<ConditionField>([.. ConditionField.Of(Schema)]).SelectMany(ConditionOn).NonEmptyListOf()
        from isAny in Gen.Elements(true, false)
        select new ConditionList([.. conditions.Take(5)], isAny);

    private static Gen<Condition> ConditionOn(ConditionField field) =>
        from test in Gen.Elements<Test>([.. field.Tests])
        from value in ValueOf(field, test)
        select new Condition(field, test, value);

    private static Gen<string> ValueOf(ConditionField field, Test test)
    {
        var one = field.Type switch
        {
            AttributeType.Number => Gen.Elements(Numbers),
            AttributeType.Boolean => Gen.Elements("true", "false"),
            AttributeType.Date => Gen.Elements(Days),
            _ when field.Name == ConditionField.Tags && test is Test.Has or Test.HasNot =>
                Gen.Elements(Texts).Where(text => !TagParts.HasSeparator(text)),
            _ => Gen.Elements(Texts),
        };
        // Commas and line breaks separate values, and white space around them is cut.
        return test == Test.OneOf
            ? one.Where(value => !value.Contains('\n') && value.Trim().Length > 0).NonEmptyListOf().Select(values => string.Join(", ", values.Take(3)))
            : one;
    }

    private static Filter Meaning(ConditionList picked)
    {
        Filter[] terms = [.. picked.Conditions.Select(Meaning)];
        if (terms.Length == 1) return terms[0];
        // Days are two conditions, which are one group with the others if all hold.
        return picked.IsAny ? new AnyOf(terms) : new AllOf(terms);
    }

    private static Filter Meaning(Condition condition)
    {
        FilterFields.Parse(condition.Field.Name, ServiceSchema).TryGet(out var field, out _).ShouldBeTrue();
        FilterValue Value() => ValueIn(condition.Field, condition.Field.Type is AttributeType.String or AttributeType.StringList ? condition.Value : condition.Value.Trim());
        return condition.Test switch
        {
            Test.Equal => new Comparison(field!, Relation.Equal, Value()),
            Test.NotEqual => new Negation(new Comparison(field!, Relation.Equal, Value())),
            Test.Less or Test.Before => new Comparison(field!, Relation.Less, Value()),
            Test.LessOrEqual => new Comparison(field!, Relation.LessOrEqual, Value()),
            Test.Greater => new Comparison(field!, Relation.Greater, Value()),
            Test.GreaterOrEqual or Test.From => new Comparison(field!, Relation.GreaterOrEqual, Value()),
            Test.OneOf => new OneOf(field!, [.. condition.Value.Split(", ").Select(value => ValueIn(condition.Field, value.Trim()))]),
            Test.Has => new Has(field!, condition.Value),
            Test.HasNot => new Negation(new Has(field!, condition.Value)),
            Test.StartsWith => new StartsWith(field!, condition.Value),
            Test.OnDay => new AllOf(
                [new Comparison(field!, Relation.GreaterOrEqual, Value()), new Comparison(field!, Relation.Less, Midnight(condition.Value, days: 1))]),
            Test.Exists => new Exists(field!),
            _ => new Negation(new Exists(field!)),
        };
    }

    private static FilterValue ValueIn(ConditionField field, string value) => field.Type switch
    {
        AttributeType.Number => FilterValue.Of(double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)),
        AttributeType.Boolean => FilterValue.Of(value == "true"),
        AttributeType.Date => Midnight(value, days: 0),
        _ => FilterValue.Of(value),
    };

    private static FilterValue Midnight(string day, int days)
    {
        var midnight = DateTime.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).AddDays(days);
        return FilterValue.Of(new DateTimeOffset(midnight, Shanghai.GetUtcOffset(midnight)));
    }
}
