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

    // The seed selects alphabet, padding, prefix and the positions of white space.
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

    private static Result<byte[]> Decode(string text, int limit = Limit)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Base64Picture.DecodeInPlace(bytes, limit).TryGet(out var range, out var failure) ? bytes[range] : failure;
    }

    private static Property ForAllForms(Func<byte[], string, bool> holds) => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<byte>>(),
        ArbMap.Default.ArbFor<int>(),
        (picture, seed) => holds(picture.Get, Write(picture.Get, seed)));

    [Fact]
    public void Every_form_decodes_to_the_picture() =>
        ForAllForms((picture, text) => Decode(text).Value!.SequenceEqual(picture))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void An_invalid_character_anywhere_is_rejected() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonEmptyArray<byte>>(),
                Gen.Elements('!', '%', '.', '\0', '*', ',', ';', '\u00e9', '\uff21', '\ud800', '\v', '\u00a0').ToArbitrary(),
                Gen.Choose(0, 1000).ToArbitrary(),
                (picture, invalid, where) =>
                {
                    var text = Convert.ToBase64String(picture.Get);
                    var broken = text.Insert(where % (text.Length + 1), invalid.ToString());
                    return Decode(broken).Failure?.Code == FailureCode.Base64Invalid;
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
    public void Text_that_is_not_base64_is_rejected(string text)
    {
        Decode(text).Failure.ShouldNotBeNull().Code.ShouldBe(FailureCode.Base64Invalid);
    }

    [Theory]
    [InlineData("QR==")]
    [InlineData("QR")]
    [InlineData("Q R = =")]
    [InlineData("data:image/png;name=x;QR==")]
    [InlineData("data:a,QQ")]
    public void Unused_bits_padding_and_prefix_do_not_matter(string text) =>
        Decode(text).Value.ShouldBe("A"u8.ToArray());

    [Fact]
    public void Without_a_comma_the_prefix_ends_at_the_last_semicolon() =>
        Decode("data:image/png;charset=x;QUJD").Value.ShouldBe("ABC"u8.ToArray());

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    [InlineData(8, false)]
    public void The_limit_counts_decoded_bytes(int size, bool fits)
    {
        var text = " " + Convert.ToBase64String(new byte[size]).Replace("A", "A\r\n", StringComparison.Ordinal);

        Decode(text, limit: 6).Failure.ShouldBe(fits
            ? null
            : new Failure(FailureCode.Base64Invalid, "the picture's base64 text holds more than 6 bytes; send a smaller picture"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("-")]
    public void Nothing_is_allocated(string between)
    {
        var text = Encoding.ASCII.GetBytes(string.Join(between, Enumerable.Repeat("AAAA", 10_000)));
        Decode("AAAA");

        var before = GC.GetAllocatedBytesForCurrentThread();
        Base64Picture.DecodeInPlace(text, Limit);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
