using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Http.Fields;

namespace ImageSearch.Api.V1.Imports.Zips;

/// <summary>The lines of a ZIP: those of the list that it has, otherwise one for each file.</summary>
/// <param name="zip">The file.</param>
/// <param name="fields">Validates the fields.</param>
/// <param name="memory">The memory for pictures and long lines.</param>
/// <param name="charset">The charset of names that are not marked as UTF-8, and of a list in CSV; null for UTF-8.</param>
internal sealed class ZipList(UploadedFile zip, ItemFields fields, BodyMemory memory, Encoding? charset)
{
    private static readonly string[] OtherLists = [".json", ".jsonl", ".txt", ".tsv", ".xls", ".xlsx", ".xml"];

    /// <exception cref="ListUnreadableException">The ZIP can't be read any further.</exception>
    public async IAsyncEnumerable<ListLine> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var directory = new ZipDirectory(zip, await ZipEnd.FindAsync(zip, cancellationToken), new ZipNames(charset));
        var files = new ZipFiles(zip, directory, memory);
        var list = await FindListAsync(directory, cancellationToken);
        var lines = list is null ? ReadFilesAsync(directory, files, cancellationToken) : ReadListAsync(list, directory, files, cancellationToken);
        await foreach (var line in lines) yield return line;
    }

    // Reads all of the directory, so that a ZIP with an error is refused before its first picture.
    private static async Task<ZipEntry?> FindListAsync(ZipDirectory directory, CancellationToken cancellationToken)
    {
        ZipEntry? list = null;
        var hasFiles = false;
        await foreach (var (entry, _) in directory.ReadAsync(cancellationToken))
        {
            if (entry.IsEncrypted) throw new ListUnreadableException(ZipFailures.Encrypted);
            if (!entry.Name.TryGet(out var name, out _) || !IsList(name))
            {
                hasFiles |= name is null || !ZipNames.IsIgnored(name);
                continue;
            }

            if (list is not null) throw new ListUnreadableException(ZipFailures.TwoLists);
            if (!name.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase) && !IsCsv(name))
                throw new ListUnreadableException(ZipFailures.UnknownList(name));
            list = entry;
        }

        return hasFiles || list is not null ? list : throw new ListUnreadableException(ZipFailures.Empty);
    }

    private static bool IsList(string name) =>
        Path.GetFileNameWithoutExtension(name).Equals("list", StringComparison.OrdinalIgnoreCase)
        && !name.Contains('/', StringComparison.Ordinal)
        && Path.GetExtension(name).ToLowerInvariant() is var kind
        && (kind is ".ndjson" or ".csv" || OtherLists.Contains(kind));

    private static bool IsCsv(string name) => name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private async IAsyncEnumerable<ListLine> ReadFilesAsync(
        ZipDirectory directory, ZipFiles files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (entry, _) in directory.ReadAsync(cancellationToken))
        {
            if (!entry.Name.TryGet(out var name, out var failure))
            {
                yield return new ListLine(entry.Number, failure);
                continue;
            }

            if (ZipNames.IsIgnored(name)) continue;
            var line = fields.Read(entry.Number, FileField(name), attributes: null);
            yield return line.Item.TryGet(out var item, out _) ? await LoadAsync(item, entry, name, files, cancellationToken) : line;
        }
    }

    private async IAsyncEnumerable<ListLine> ReadListAsync(
        ZipEntry list, ZipDirectory directory, ZipFiles files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var index = new ZipIndex(directory);
        await foreach (var (entry, place) in directory.ReadAsync(cancellationToken))
        {
            if (entry.Name.TryGet(out var name, out _)) index.Add(name, place);
        }

        await foreach (var line in ReadLinesAsync(list, files, cancellationToken))
        {
            if (!line.Item.TryGet(out var item, out _))
            {
                yield return line;
                continue;
            }

            var taken = await index.TakeAsync(item.Path!, line.Number, cancellationToken);
            yield return taken.TryGet(out var entry, out var failure)
                ? await LoadAsync(item, entry, item.Path!, files, cancellationToken)
                : new ListLine(line.Number, failure);
        }
    }

    private async IAsyncEnumerable<ListLine> ReadLinesAsync(
        ZipEntry list, ZipFiles files, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        list.Name.TryGet(out var name, out _);
        if (!(await files.OpenAsync(list, name!, cancellationToken)).TryGet(out var opened, out var failure)) throw new ListUnreadableException(failure);
        await using var content = opened;
        using var lines = new BodyLines(PipeReader.Create(content), memory, cancellationToken);
        var parsed = IsCsv(name!)
            ? new CsvList(content, fields, charset ?? FieldCharset.Utf8).ReadAsync()
            : new NdjsonList(lines, fields, contentType: null).ReadAsync();
        await using var reading = parsed.GetAsyncEnumerator(CancellationToken.None);
        while (await MoveAsync(reading, name!)) yield return reading.Current;
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<ListLine> reading, string name)
    {
        try
        {
            return await reading.MoveNextAsync();
        }
        catch (InvalidDataException)
        {
            throw new ListUnreadableException(ZipFailures.FileDamaged(name));
        }
    }

    private static async Task<ListLine> LoadAsync(
        ImportItem item, ZipEntry entry, string name, ZipFiles files, CancellationToken cancellationToken) =>
        (await files.ReadAsync(entry, name, cancellationToken)).TryGet(out var picture, out var failure)
            ? new ListLine(item.Line, item with { Path = null, IsInline = true, Image = picture.Content }, picture)
            : new ListLine(item.Line, failure);

    private static RequestFields FileField(string name) => new(
        new Dictionary<string, FieldValue> { [ItemFields.File] = FieldValue.FromForm(Encoding.UTF8.GetBytes(name), FieldCharset.Utf8) });
}
