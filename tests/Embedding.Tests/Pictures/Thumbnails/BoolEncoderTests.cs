using ImageSearch.Embedding.Pictures.Thumbnails.WebP;

namespace ImageSearch.Embedding.Tests.Pictures.Thumbnails;

/// <summary>A decoder by RFC 6386, section 7.3, reads back what the encoder wrote.</summary>
public sealed class BoolEncoderTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Decisions_are_read_back(int seed)
    {
        var decisions = Decisions(new Random(seed));
        var encoder = new BoolEncoder();

        encoder.Write(decisions);
        encoder.Finish();

        Read(encoder.Written.ToArray(), decisions).ShouldBe(decisions);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Two_encoders_write_side_by_side_what_each_writes_alone(int seed)
    {
        var random = new Random(seed);
        var (first, second) = (Decisions(random), Decisions(random));
        var (one, two) = (new BoolEncoder(), new BoolEncoder());

        BoolEncoder.Write(one, first, two, second);
        one.Finish();
        two.Finish();

        one.Written.ToArray().ShouldBe(Alone(first));
        two.Written.ToArray().ShouldBe(Alone(second));
    }

    [Fact]
    public void An_encoder_goes_on_where_another_is()
    {
        var random = new Random(1);
        var (beginning, rest) = (Decisions(random), Decisions(random));
        var (other, encoder) = (new BoolEncoder(), new BoolEncoder());
        other.Write(beginning);

        encoder.Continue(other);
        encoder.Write(rest);
        encoder.Finish();

        encoder.Written.ToArray().ShouldBe(Alone([.. beginning, .. rest]));
    }

    private static byte[] Alone(short[] decisions)
    {
        var encoder = new BoolEncoder();
        encoder.Write(decisions);
        encoder.Finish();
        return encoder.Written.ToArray();
    }

    // Probable and improbable decisions in long runs, so that bytes of 255 follow each other and a carry passes through them.
    private static short[] Decisions(Random random)
    {
        var decisions = new short[random.Next(5_000)];
        for (var at = 0; at < decisions.Length;)
        {
            var (probability, isTrue) = (random.Next(4) switch { 0 => 1, 1 => 255, 2 => 128, _ => random.Next(1, 256) }, random.Next(2) == 0);
            for (var run = random.Next(1, 40); run > 0 && at < decisions.Length; run--) decisions[at++] = BoolEncoder.Decision(isTrue, probability);
        }

        return decisions;
    }

    private static short[] Read(byte[] file, short[] expected)
    {
        var (range, at, bits) = (255u, 2, 0);
        var value = ((uint)(file.Length > 0 ? file[0] : 0) << 8) | (file.Length > 1 ? file[1] : 0u);
        var read = new short[expected.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            int probability = (byte)expected[i];
            var split = 1 + (((range - 1) * (uint)probability) >> 8);
            var isTrue = value >= split << 8;
            if (isTrue) value -= split << 8;
            range = isTrue ? range - split : split;
            while (range < 128)
            {
                (value, range) = (value << 1, range << 1);
                if (++bits < 8) continue;
                bits = 0;
                value |= at < file.Length ? file[at] : 0u;
                at++;
            }

            read[i] = BoolEncoder.Decision(isTrue, probability);
        }

        return read;
    }
}
