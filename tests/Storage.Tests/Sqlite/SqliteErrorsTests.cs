using ImageSearch.Storage.Sqlite.Sessions;
using Microsoft.Data.Sqlite;

namespace ImageSearch.Storage.Tests.Sqlite;

public sealed class SqliteErrorsTests
{
    [Theory]
    [InlineData(5, "close the program")]
    [InlineData(8, "write access")]
    [InlineData(10, "disk of the data folder failed")]
    [InlineData(11, "restore")]
    [InlineData(13, "full")]
    [InlineData(14, "data folder is there")]
    [InlineData(26, "restore")]
    public void What_a_person_can_mend_is_unavailable_and_says_what_to_do(int code, string words)
    {
        var failure = SqliteErrors.Translate(new SqliteException("native text", code));

        failure.Code.ShouldBe(FailureCode.CatalogUnavailable);
        failure.Message.ShouldContain(words);
        failure.Message.ShouldNotContain("native text");
    }

    [Fact]
    public void Anything_else_is_a_fault_of_the_service() =>
        SqliteErrors.Translate(new SqliteException("syntax", 1)).Code.ShouldBe(FailureCode.Internal);
}
