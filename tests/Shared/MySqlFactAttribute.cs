namespace ImageSearch.Testing;

/// <summary>A test that needs the MySQL or MariaDB server of MYSQL_TEST_SERVER; see <see cref="TestDatabase"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MySqlFactAttribute : FactAttribute
{
    public MySqlFactAttribute() => Skip = TestDatabase.SkipReason;
}

/// <inheritdoc cref="MySqlFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MySqlTheoryAttribute : TheoryAttribute
{
    public MySqlTheoryAttribute() => Skip = TestDatabase.SkipReason;
}
