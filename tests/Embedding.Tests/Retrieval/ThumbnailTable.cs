using System.Diagnostics;
using ImageSearch.Embedding.Pictures.Thumbnails.WebP;
using ImageSearch.Embedding.Tests.Pictures.Thumbnails;

#pragma warning disable RS0030 // A command-line program prints.
namespace ImageSearch.Embedding.Tests.Retrieval;

/// <summary>Time, size and fidelity of thumbnails, beside those of libwebp at its fastest setting, in turns.</summary>
internal static class ThumbnailTable
{
    private const int Turns = 7;

    internal static void Print(string folder, int side)
    {
        var pictures = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => Pixels.Read(File.ReadAllBytes(file), side)).ToList();
        var encoder = new WebPEncoder();
        Func<Pixels, byte[]>[] encoders = [picture => encoder.Encode(picture.Rgb, picture.Width, picture.Height), picture => picture.ByLibwebp()];
        var times = encoders.Select(_ => new List<double>()).ToList();
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var i = 0; i < encoders.Length; i++)
            {
                var started = Stopwatch.GetTimestamp();
                foreach (var picture in pictures) encoders[i](picture);
                times[i].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds / pictures.Count);
            }
        }

        for (var i = 0; i < encoders.Length; i++)
        {
            var files = pictures.Select(encoders[i]).ToList();
            var ratios = pictures.Zip(files, (picture, file) => picture.PsnrOf(file)).ToList();
            Console.WriteLine(
                $"{(i == 0 ? "ImageSearch" : "libwebp"),-12} {times[i].Order().ElementAt(Turns / 2):0.000} ms (median of {Turns}), {files.Average(f => f.Length):0} bytes, PSNR {ratios.Average():0.00} dB");
        }
    }
}
