using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.Tests.V1;

public sealed class CursorTests
{
    private static readonly RequestHash Hash = RequestHash.Of("a filter", "price", "desc");

    [Theory]
    [InlineData("12.5", 7)]
    [InlineData("", 7)]
    [InlineData(null, long.MaxValue)]
    [InlineData("值", 1)]
    public void A_position_in_a_list_is_read_back(string? value, long id)
    {
        var cursor = Cursor.OfItem(new ItemPosition(value, id), Hash);

        Cursor.ReadItem(cursor, Hash).Value.ShouldBe(new ItemPosition(value, id));
    }

    [Fact]
    public void A_position_in_hits_is_read_back()
    {
        var position = new HitPosition(0.25f, 99, 40);

        Cursor.ReadHit(Cursor.OfHit(position, Hash), Hash).Value.ShouldBe(position);
    }

    [Fact]
    public void A_cursor_of_another_request_is_invalid()
    {
        var cursor = Cursor.OfItem(new ItemPosition("1", 1), Hash);

        Cursor.ReadItem(cursor, RequestHash.Of("a filter", "price", "asc")).Failure!.Code.ShouldBe(FailureCode.CursorInvalid);
        Cursor.ReadHit(cursor, RequestHash.Of("a filter", "price", "asc")).Failure!.Code.ShouldBe(FailureCode.CursorInvalid);
    }

    [Theory]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("====")]
    public void Other_text_is_invalid(string text)
    {
        Cursor.ReadItem(text, Hash).Failure!.Code.ShouldBe(FailureCode.CursorInvalid);
        Cursor.ReadHit(text, Hash).Failure!.Code.ShouldBe(FailureCode.CursorInvalid);
    }

    [Fact]
    public void No_cursor_is_the_first_page()
    {
        Cursor.ReadItem(null, Hash).ShouldBe((ItemPosition?)null);
        Cursor.ReadHit(null, Hash).ShouldBe((HitPosition?)null);
    }

    [Fact]
    public void Hashes_tell_parts_apart()
    {
        RequestHash.Of("ab", "c").Bytes.ShouldNotBe(RequestHash.Of("a", "bc").Bytes);
        RequestHash.Of(null, "a").Bytes.ShouldNotBe(RequestHash.Of("", "a").Bytes);
    }
}
