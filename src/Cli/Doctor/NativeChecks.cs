using ImageSearch.Embedding;
using ImageSearch.Embedding.Models;
using ImageSearch.Storage.Catalog;
using ImageSearch.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageSearch.Cli.Doctor;

/// <summary>The libraries that are not .NET, and the model: a picture is embedded, and a catalog is made in a temporary folder.</summary>
internal static class NativeChecks
{
    private const string Reinstall = "install the program again, for this platform; Linux needs glibc 2.28 or newer";

    // A grey PNG of 16 x 16 pixels.
    private static readonly byte[] Picture = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAAAAAA6mKC9AAAAD0lEQVR42mNoQAMMI1sAAAUMgAHjM1mKAAAAAElFTkSuQmCC");

    public static async Task<Finding> ModelAsync(string folder, CancellationToken cancellationToken)
    {
        const string Check = "model";
        try
        {
            await using var embedder = OnnxPictureEmbedder.Open(new EmbeddingOptions { ModelPath = folder }, NullLogger.Instance);
            var embedded = await embedder.EmbedAsync(Picture, PictureViews.Whole, EmbeddingTarget.NewTable, cancellationToken);
            return embedded.TryGet(out var vectors, out var failure)
                ? Finding.Ok(Check, $"{vectors.Model.Name}/{vectors.Model.Version} embeds a picture into {vectors.Model.Dimension} values")
                : Finding.Failed(Check, $"a picture can't be embedded: {failure.Message}", Reinstall);
        }
        catch (ModelException e)
        {
            return Finding.Failed(Check, e.Message, "set --model to a folder of docs/models.md, or install the program again");
        }
        catch (Exception e) when (IsMissingLibrary(e))
        {
            return Finding.Failed(Check, $"ONNX Runtime or libvips can't be loaded: {Innermost(e)}", Reinstall);
        }
    }

    public static async Task<Finding> DatabaseLibraryAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        const string Check = "SQLite";
        var folder = Directory.CreateTempSubdirectory("imagesearch-doctor-");
        try
        {
            await using var catalog = await SqliteCatalog.OpenAsync(
                new SqliteOptions { DataFolder = folder.FullName }, time, NullLogger<SqliteCatalog>.Instance, cancellationToken);
            return Finding.Ok(Check, "a catalog can be made");
        }
        catch (CatalogException e)
        {
            return Finding.Failed(Check, e.Message, Reinstall);
        }
        catch (Exception e) when (IsMissingLibrary(e))
        {
            return Finding.Failed(Check, $"SQLite can't be loaded: {Innermost(e)}", Reinstall);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsMissingLibrary(Exception exception) =>
        exception is DllNotFoundException or TypeInitializationException or BadImageFormatException or EntryPointNotFoundException;

    private static string Innermost(Exception exception) => exception.GetBaseException().Message;
}
