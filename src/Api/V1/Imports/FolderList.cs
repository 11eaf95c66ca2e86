using System.Runtime.CompilerServices;
using System.Text;
using ImageSearch.Api.Http.Fields;
using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Problems;

namespace ImageSearch.Api.V1.Imports;

/// <summary>The lines of a folder of the silos: one for each file, in the order in which the folder is listed.</summary>
/// <param name="folder">What is listed.</param>
/// <param name="grains">Lists it.</param>
/// <param name="fields">Validates the fields.</param>
internal sealed class FolderList(ImportFolder folder, IGrainFactory grains, ItemFields fields)
{
    // Paths of the first files, by which an error can name both files of a key: 20 MB.
    private const int MaxNamed = 100_000;

    private static readonly Failure Empty = new(FailureCode.RequestInvalid, "the folder has no file that matches")
    {
        Field = "pattern",
    };

    private readonly Dictionary<UInt128, string> _named = [];

    /// <exception cref="ListUnreadableException">The folder can't be listed.</exception>
    public async IAsyncEnumerable<ListLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lister = grains.GetGrain<IPictureFolderGrain>(IPictureFolderGrain.Key);
        var line = 0L;
        string? after = null;
        do
        {
            var query = new FolderQuery(folder.Folder, folder.Pattern, after, FolderQuery.MaxCount);
            if (!(await ListAsync(lister, query, cancellationToken)).TryGet(out var page, out var failure)) throw new ListUnreadableException(failure);
            foreach (var path in page.Paths) yield return LineOf(++line, path);
            after = page.Next;
        }
        while (after is not null);

        if (line == 0) throw new ListUnreadableException(Empty);
    }

    private static async Task<Result<FolderPage>> ListAsync(IPictureFolderGrain lister, FolderQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await lister.ListAsync(query, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Other listings came first.
            return RequestLimits.ServiceBusy;
        }
    }

    private ListLine LineOf(long line, string path)
    {
        var key = folder.Key switch
        {
            FolderKey.Name => Path.GetFileName(path),
            FolderKey.Stem => Path.GetFileNameWithoutExtension(path),
            _ => path,
        };
        if (folder.Key != FolderKey.Path && FirstOf(key, path) is { } first)
        {
            return new ListLine(
                line,
                new Failure(
                    FailureCode.RequestInvalid,
                    $"the files {PrintableText.Of(first)} and {PrintableText.Of(path)} have the same key, and only one of the two could stay; use key=path"));
        }

        var values = new Dictionary<string, FieldValue> { ["path"] = Text($"{folder.Folder.TrimEnd('/')}/{path}"), ["key"] = Text(key) };
        return fields.Read(line, new RequestFields(values), attributes: null);
    }

    private string? FirstOf(string key, string path)
    {
        var hash = SeenKeys.HashOf(key.Trim());
        if (_named.TryGetValue(hash, out var first)) return first;
        if (_named.Count < MaxNamed) _named.Add(hash, path);
        return null;
    }

    private static FieldValue Text(string text) => FieldValue.FromForm(Encoding.UTF8.GetBytes(text), FieldCharset.Utf8);
}
