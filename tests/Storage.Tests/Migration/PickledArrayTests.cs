using System.Text;
using ImageSearch.Storage.Migration;

namespace ImageSearch.Storage.Tests.Migration;

public sealed class PickledArrayTests
{
    public static TheoryData<string> NumPyFiles => [.. PickleFixtures.NumPyFiles];

    [Fact]
    public void Both_generations_of_NumPy_are_covered() =>
        PickleFixtures.NumPyFiles.Select(file => file[..7]).ShouldBe(["numpy-1", "numpy-2"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(NumPyFiles))]
    public void Arrays_of_every_protocol_are_read_to_the_bit(string file)
    {
        foreach (var row in PickleFixtures.Accepted(file))
        {
            var read = PickledArray.Read(row.Pickle);

            read.Failure.ShouldBeNull(row.Name);
            read.Value.ShouldBe(row.Vector, row.Name);
        }
    }

    [Theory]
    [MemberData(nameof(NumPyFiles))]
    public void Whatever_is_no_contiguous_row_of_float32_is_refused(string file)
    {
        foreach (var row in PickleFixtures.Refused(file))
        {
            PickledArray.Read(row.Pickle).Failure.ShouldNotBeNull(row.Name).Message.ShouldNotBeNullOrWhiteSpace(row.Name);
        }
    }

    [Fact]
    public void Pickles_that_call_something_are_refused_by_its_name_and_nothing_is_run()
    {
        var rows = PickleFixtures.Refused("hostile.json");
        rows.Count.ShouldBe(40);
        foreach (var row in rows)
        {
            PickledArray.Read(row.Pickle).Failure.ShouldNotBeNull(row.Name);
        }

        var system = rows.Single(row => row.Name == "os.system, protocol 4");
        PickledArray.Read(system.Pickle).Failure!.Message.ShouldContain("posix.system");
        File.Exists("imagesearch-was-run").ShouldBeFalse();
    }

    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "nothing", [] },
        { "a protocol only", [0x80, 4] },
        { "protocol 6", [0x80, 6, .. "N."u8] },
        { "marks without end", [0x80, 4, .. Enumerable.Repeat((byte)'(', 100_000)] },
        { "tuples within tuples", [0x80, 4, (byte)'N', .. Enumerable.Repeat((byte)0x85, 100_000), (byte)'.'] },
        { "a memo place of four billion", [0x80, 4, (byte)'N', (byte)'r', 255, 255, 255, 255, (byte)'.'] },
        { "a memo place that is empty", [0x80, 4, (byte)'h', 3, (byte)'.'] },
        { "bytes of 2^63", [0x80, 5, 0x96, 0, 0, 0, 0, 0, 0, 0, 128, (byte)'.'] },
        { "bytes of 2^64 - 1", [0x80, 5, 0x96, 255, 255, 255, 255, 255, 255, 255, 255, (byte)'.'] },
        { "text of four billion", [0x80, 2, (byte)'X', 255, 255, 255, 255, (byte)'.'] },
        { "a name without end", [0x80, 2, (byte)'c', .. "numpy\nndarray"u8] },
        { "a call of nothing", [0x80, 2, (byte)'R', (byte)'.'] },
        { "a state of nothing", [0x80, 2, (byte)'N', (byte)'b', (byte)'.'] },
        { "a tuple without a mark", [0x80, 2, (byte)'N', (byte)'t', (byte)'.'] },
        { "a mark for an argument", [0x80, 2, (byte)'(', (byte)'(', (byte)'R', (byte)'.'] },
        { "a mark in the memo", [0x80, 2, (byte)'(', (byte)'q', 0, (byte)'.'] },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Pickles_made_to_break_the_reader_are_refused(string name, byte[] pickle) =>
        PickledArray.Read(pickle).Failure.ShouldNotBeNull(name);

    [Theory]
    [InlineData("i")]
    [InlineData("o")]
    [InlineData("P")]
    [InlineData("Q")]
    [InlineData("\u0081")]
    [InlineData("\u0082")]
    [InlineData("\u0092")]
    [InlineData("2")]
    [InlineData("}")]
    [InlineData("]")]
    [InlineData("d")]
    [InlineData("I")]
    [InlineData("\u0097")]
    public void Opcodes_that_no_array_needs_are_refused_by_their_number(string opcode)
    {
        var code = Encoding.Latin1.GetBytes(opcode)[0];

        var failure = PickledArray.Read([0x80, 4, (byte)'N', code, (byte)'N', (byte)'.']).Failure;

        failure.ShouldNotBeNull().Message.ShouldContain($"0x{code:x2}");
    }

    [Fact]
    public void A_name_in_a_refusal_is_short_and_printable()
    {
        byte[] pickle = [0x80, 2, (byte)'c', .. "o\u001b[31ms"u8, (byte)'\n', .. Enumerable.Repeat((byte)'x', 5000), (byte)'\n', (byte)'.'];

        var message = PickledArray.Read(pickle).Failure.ShouldNotBeNull().Message;

        message.ShouldContain("o?[31ms");
        message.Length.ShouldBeLessThan(250);
    }

    [Theory]
    [MemberData(nameof(NumPyFiles))]
    public void An_array_that_is_cut_or_followed_by_more_is_refused(string file)
    {
        foreach (var row in PickleFixtures.Accepted(file).Where(row => row.Vector.Length == 16))
        {
            for (var length = 0; length < row.Pickle.Length; length++)
            {
                PickledArray.Read(row.Pickle.AsSpan(0, length)).Failure.ShouldNotBeNull($"{row.Name} cut at {length}");
            }

            PickledArray.Read([.. row.Pickle, (byte)'.']).Failure.ShouldNotBeNull(row.Name);
        }
    }
}
