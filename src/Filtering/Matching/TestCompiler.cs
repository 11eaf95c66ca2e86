namespace ImageSearch.Filtering.Matching;

/// <summary>Turns a filter into tests.</summary>
internal static class TestCompiler
{
    public static ItemTest Compile(Filter filter, AttributeSlots attributes)
    {
        return filter switch
        {
            AllOf all => new GroupTest([.. all.Terms.Select(term => Compile(term, attributes))], all: true),
            AnyOf any => new GroupTest([.. any.Terms.Select(term => Compile(term, attributes))], all: false),
            Negation not => new NotTest(Compile(not.Term, attributes)),
            Comparison { Value: { Type: AttributeType.String } value } comparison =>
                new TextTest(Reader(comparison.Field), comparison.Relation, new TextConstant(value.Text!)),
            Comparison comparison => new NumberTest(Reader(comparison.Field), comparison.Relation, comparison.Value.Number),
            OneOf { Field.Type: AttributeType.String } oneOf =>
                new TextSetTest(Reader(oneOf.Field), oneOf.Values.Select(value => value.Text!)),
            OneOf oneOf => new NumberSetTest(Reader(oneOf.Field), oneOf.Values.Select(value => value.Number)),
            Has { Field.Kind: FieldKind.Tags } has => new TagsTest(has.Text),
            Has has => new ListTest(Reader(has.Field), new TextConstant(has.Text)),
            StartsWith starts => new StartsWithTest(Reader(starts.Field), new TextConstant(starts.Text)),
            Exists { Field.Type: AttributeType.String } exists => new TextExistsTest(Reader(exists.Field)),
            Exists { Field.Type: AttributeType.StringList } exists => new ListTest(Reader(exists.Field), new TextConstant("")),
            Exists exists => new NumberExistsTest(Reader(exists.Field)),
            _ => throw new ArgumentException($"unknown filter {filter.GetType().Name}", nameof(filter)),
        };

        FieldReader Reader(FilterField field) => new(field, attributes);
    }
}
