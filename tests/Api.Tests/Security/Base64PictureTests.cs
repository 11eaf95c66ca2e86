using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ImageSearch.Api.Security;

namespace ImageSearch.Api.Tests.Security;

public sealed class Base64PictureTests
{
    private const int Limit = 1024 * 1024;

    private static readonly string[] Prefixes =
        ["", "data:image/png;base64,", "data:image/png;", "DATA:,", "data:图/x;name=a;base64,", " \r\n\tdata:;", "data:image/png;base64, \n"];

    private static readonly string[] Spaces = ["", " ", "\t", "\r", "\n", "\r\n", " \t \n"];

    // Seed picks alphabet, padding, prefix and where white space stands.
    private static string Write(byte[] picture, int seed)
    {
        var random = new System.Random(seed);
        var text = Convert.ToBase64String(picture);
        if (random.Next(2) == 0)
            text = text.TrimEnd('=');
        var urlSafe = random.Next(3);
        var spaced = random.Next(2) == 0;
        var form = new StringBuilder(Prefixes[random.Next(Prefixes.Length)]);
        foreach (var character in text)
        {
            var other = urlSafe == 1 || (urlSafe == 2 && random.Next(2) == 0);
            form.Append(character switch { '+' when other => '-', '/' when other => '_', _ => character });
            if (spaced)
                form.Append(Spaces[random.Next(Spaces.Length)]);
        }

        return form.ToString();
    }

    private static Property ForAllForms(Func<byte[], string, bool> holds) => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<byte>>(),
        ArbMap.Default.ArbFor<int>(),
        (picture, seed) => holds(picture.Get, Write(picture.Get, seed)));

    [Fact]
    public void Every_form_in_characters_gives_the_picture_back() =>
        ForAllForms((picture, text) => Base64Picture.Decode(text, Limit).Value!.SequenceEqual(picture))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Every_form_in_UTF8_gives_the_picture_back() =>
        ForAllForms((picture, text) => Base64Picture.Decode(Encoding.UTF8.GetBytes(text), Limit).Value!.SequenceEqual(picture))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_strange_character_anywhere_is_refused() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyArray<byte>>(),
                Gen.Elements('!', '%', '.', '\0', '*', ',', ';', '\u00e9', '\uff21', '\ud800', '\v', '\u00a0').ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                (picture, strange, where) =>
                {
                    var text = Convert.ToBase64String(picture.Get);
                    var broken = text.Insert(where % (text.Length + 1), strange.ToString());
                    return Base64Picture.Decode(broken, Limit).Failure?.Code == FailureCode.Base64Invalid
                        && Base64Picture.Decode(Encoding.UTF8.GetBytes(broken), Limit).Failure?.Code == FailureCode.Base64Invalid;
                })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData("")]
    [InlineData("  \r\n")]
    [InlineData("====")]
    [InlineData("data:image/png;base64,")]
    [InlineData("data:AAAA")]
    [InlineData("data:")]
    [InlineData("A")]
    [InlineData("AAAAA")]
    [InlineData("AA=")]
    [InlineData("AAA==")]
    [InlineData("AAAA=")]
    [InlineData("AA===")]
    [InlineData("A===")]
    [InlineData("AA==AA==")]
    [InlineData("AA==AAAA")]
    [InlineData("AA=A")]
    [InlineData("=AAA")]
    [InlineData("image/png;base64,AAAA")]
    [InlineData("AAAAdata:,AAAA")]
    public void Text_that_is_no_base64_is_refused(string text)
    {
        Base64Picture.Decode(text, Limit).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.Base64Invalid);
        Base64Picture.Decode(Encoding.UTF8.GetBytes(text), Limit).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.Base64Invalid);
    }

    [Theory]
    [InlineData("QR==")]
    [InlineData("QR")]
    [InlineData("Q R = =")]
    [InlineData("data:image/png;name=x;QR==")]
    [InlineData("data:a,QQ")]
    public void Unused_bits_padding_and_prefix_do_not_matter(string text) =>
        Base64Picture.Decode(text, Limit).Value.ShouldBe("A"u8.ToArray());

    [Fact]
    public void Without_a_comma_the_prefix_ends_at_the_last_semicolon() =>
        Base64Picture.Decode("data:image/png;charset=x;QUJD", Limit).Value.ShouldBe("ABC"u8.ToArray());

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(8, false)]
    public void The_limit_counts_decoded_bytes(int size, bool fits)
    {
        var text = " " + Convert.ToBase64String(new byte[size]).Replace("A", "A\r\n", StringComparison.Ordinal);

        Base64Picture.Decode(text, maxBytes: 6).Failure.ShouldBe(fits
            ? null
            : new Failure(FailureCode.Base64Invalid, "the picture's base64 text holds more than 6 bytes; send a smaller picture"));
    }

    [Fact]
    public void Clean_text_is_decoded_with_the_picture_as_the_only_large_allocation()
    {
        var text = Convert.ToBase64String(new byte[300_000]);
        Base64Picture.Decode(text, Limit);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Base64Picture.Decode(text, Limit);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(300_000 + 1000);
    }
}
