namespace ImageSearch.Storage.Tests.Backups;

public sealed class BackupNameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("before-update_2")]
    [InlineData("20261127T093000Z")]
    public void Letters_digits_hyphens_and_underscores_are_a_name(string text) => BackupName.Parse(text).Value.Value.ShouldBe(text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../up")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a.partial")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("备份")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Anything_that_could_leave_the_folder_is_none(string? text) =>
        BackupName.Parse(text).Failure.ShouldNotBeNull().Field.ShouldBe("name");

    [Fact]
    public void The_name_of_a_moment_sorts_by_time() =>
        BackupName.Of(new DateTimeOffset(2026, 11, 27, 9, 30, 0, TimeSpan.FromHours(8))).Value.ShouldBe("20261127T013000Z");
}
