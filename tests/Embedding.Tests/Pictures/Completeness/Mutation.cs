using ImageSearch.Embedding.Pictures;

namespace ImageSearch.Embedding.Tests.Pictures.Completeness;

/// <summary>The effect of a mutation on the pixels.</summary>
internal enum Effect
{
    /// <summary>All pixels are present: the picture must be accepted.</summary>
    Keeps,

    /// <summary>Data is missing: the picture is rejected, or its vector is close to that of the whole picture.</summary>
    Removes,

    /// <summary>Values are wrong, but none may be missing, which no format needs to detect.</summary>
    Changes,
}

/// <summary>A way to mutate a file; returns null if it does not apply.</summary>
internal sealed record Mutation(string Name, Effect Effect, Func<PictureType, byte[], Random, byte[]?> Apply)
{
    internal static IReadOnlyList<Mutation> All { get; } =
    [
        new("truncated", Effect.Removes, (type, file, random) => file[..Cut(type, file, random)]),
        new("truncated and closed", Effect.Removes, (type, file, random) => [.. file[..Cut(type, file, random)], .. End(type)]),
        new("truncated near the end and closed", Effect.Removes, (type, file, random) =>
            [.. file[..^(EndBytes(type) + 3 + random.Next(file.Length / 20))], .. End(type)]),
        new("hole", Effect.Removes, Hole),
        new("a few bytes removed", Effect.Changes, SmallHole),
        new("zeros to the end", Effect.Removes, (type, file, random) =>
        {
            var at = Cut(type, file, random);
            return [.. file[..at], .. new byte[file.Length - at]];
        }),
        new("zeros within", Effect.Changes, (type, file, random) =>
        {
            var copy = file[..];
            var at = Inside(type, file, random);
            copy.AsSpan(at, Math.Min(copy.Length - at, 20 + random.Next(copy.Length / 3))).Clear();
            return copy;
        }),
        new("bits flipped", Effect.Changes, (type, file, random) =>
        {
            var copy = file[..];
            for (var flips = 1 + random.Next(4); flips > 0; flips--) copy[Inside(type, file, random)] ^= (byte)(1 << random.Next(8));
            return copy;
        }),
        new("end marker dropped", Effect.Keeps, (type, file, _) => EndBytes(type) > 0 ? file[..^EndBytes(type)] : null),
        new("end marker dropped in part", Effect.Keeps, (type, file, random) => EndBytes(type) > 0 ? file[..^random.Next(1, EndBytes(type))] : null),
        new("end marker dropped, zeros after", Effect.Keeps, (type, file, random) =>
            EndBytes(type) > 0 ? [.. file[..^EndBytes(type)], .. new byte[random.Next(1, 300)]] : null),
        new("trailing data", Effect.Keeps, (_, file, random) =>
        {
            var junk = new byte[random.Next(1, 5000)];
            random.NextBytes(junk);
            return [.. file, .. junk];
        }),
        new("a second picture after", Effect.Keeps, (_, file, _) => [.. file, .. file]),
        new("fill bytes before a marker", Effect.Keeps, (type, file, random) => JpegOddities.FillBytes(type, file, random)),
        new("an extra segment", Effect.Keeps, (type, file, random) => JpegOddities.Segment(type, file, random)),
        new("stray bytes before the end", Effect.Keeps, (type, file, random) => JpegOddities.StrayBytes(type, file, random)),
        new("a restart marker dropped", Effect.Keeps, (type, file, random) => JpegOddities.WithoutRestart(type, file, random)),
    ];

    private static int EndBytes(PictureType type) => type switch
    {
        PictureType.Jpeg => 2,
        PictureType.Png => 12,
        PictureType.Gif => 2,
        _ => 0,
    };

    private static byte[] End(PictureType type) => type switch
    {
        PictureType.Jpeg => [0xFF, 0xD9],
        PictureType.Png => PngFile.Chunk("IEND", []),
        PictureType.Gif => [0, 0x3B],
        _ => [],
    };

    private static byte[] Hole(PictureType type, byte[] file, Random random)
    {
        var at = Inside(type, file, random);
        return [.. file[..at], .. file[Math.Min(file.Length - EndBytes(type), at + 20 + random.Next(file.Length / 3))..]];
    }

    private static byte[] SmallHole(PictureType type, byte[] file, Random random)
    {
        var at = Inside(type, file, random);
        return [.. file[..at], .. file[Math.Min(file.Length - EndBytes(type), at + 1 + random.Next(20))..]];
    }

    private static int Cut(PictureType type, byte[] file, Random random) => random.Next(file.Length / 50, file.Length - EndBytes(type) - 8);

    // An offset after the headers and before the end.
    private static int Inside(PictureType type, byte[] file, Random random)
    {
        var from = type == PictureType.Jpeg ? file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 20 : Math.Min(file.Length / 4, 1000);
        return random.Next(from, file.Length - EndBytes(type) - 2);
    }
}
