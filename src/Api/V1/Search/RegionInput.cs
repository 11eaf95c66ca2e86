using System.Globalization;
using ImageSearch.Api.V1.Requests;

namespace ImageSearch.Api.V1.Search;

/// <summary>A part of a picture: <c>{"x1", "y1", "x2", "y2", "unit": "pixel" or "share"}</c>.</summary>
internal static class RegionInput
{
    private const string Unit = "unit";
    private const string Units = "pixel or share";

    // More than any picture has columns or rows.
    private const int MaxPixel = 1_000_000;

    private static readonly string[] Edges = ["x1", "y1", "x2", "y2"];
    private static readonly string[] Known = [.. Edges, Unit];

    /// <summary>Reads the member <c>region</c>; null if it is missing or null.</summary>
    public static Result<PictureRegion?> Read(Members members)
    {
        if (!members.Nested("region", Known).TryGet(out var region, out var failure)) return failure;
        if (region is null) return (PictureRegion?)null;
        if (!region.Text(Unit, 16).TryGet(out var unit, out failure)) return failure;
        if (unit is not (null or "pixel" or "share")) return InvalidField.Of(region.Path(Unit), unit, Units);
        var edges = new double[Edges.Length];
        for (var i = 0; i < edges.Length; i++)
        {
            if (!region.Number(Edges[i], 0, unit == "share" ? 1 : MaxPixel).TryGet(out var edge, out failure)) return failure;
            if (edge is null) return InvalidField.Missing(region.Path(Edges[i]), "an edge of the region");
            edges[i] = edge.Value;
        }

        if (edges[2] <= edges[0]) return NotGreater(region.Path("x2"), edges[2], "x1", edges[0]);
        if (edges[3] <= edges[1]) return NotGreater(region.Path("y2"), edges[3], "y1", edges[1]);
        return new PictureRegion(edges[0], edges[1], edges[2], edges[3], unit == "share");
    }

    /// <summary>The failure of a region that is not a part of its picture.</summary>
    public static Failure Outside(Failure failure, PictureRegion region) => failure with
    {
        Field = "region",
        Value = string.Create(CultureInfo.InvariantCulture, $"{region.X1}, {region.Y1}, {region.X2}, {region.Y2}"),
        Bound = $"a part of the picture of at least {PictureRegion.MinSide} x {PictureRegion.MinSide} pixels",
    };

    private static Failure NotGreater(string field, double value, string other, double bound) => InvalidField.Of(
        field,
        value.ToString(CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"greater than {other}, which is {bound}"));
}
