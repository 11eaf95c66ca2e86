using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImageSearch.Cli.Service;

namespace ImageSearch.Cli.Imports;

/// <summary>A list of pictures in a file: CSV, NDJSON or a ZIP (docs/imports.md). It is one import.</summary>
internal sealed class ListFile : ImportPart, IImportSource
{
    private readonly ListFormat _format;
    private readonly string? _charset;
    private readonly string? _keyColumn;
    private FileStream? _stream;

    private ListFile(string path, ListFormat format, string? charset, string? keyColumn) => (Path, _format, _charset, _keyColumn) = (path, format, charset, keyColumn);

    private enum ListFormat
    {
        Csv,
        Ndjson,
        Zip,
    }

    public string Path { get; }

    public long? Count => null;

    public override string Fingerprint
    {
        get
        {
            var file = new FileInfo(Path);
            var text = string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks} {_charset} {_keyColumn}");
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }

    public override double? Sent => _stream is { Length: > 0 } stream ? (double)stream.Position / stream.Length : null;

    /// <summary>Opens a list by the extension of its file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="charset">The charset of a CSV, or of names in a ZIP; null for UTF-8.</param>
    /// <param name="keyColumn">The column or member that is the key; null if it is called key.</param>
    /// <exception cref="CommandException">The extension or an option is none of a list.</exception>
    public static ListFile Open(string path, string? charset, string? keyColumn)
    {
        var format = System.IO.Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => ListFormat.Csv,
            ".NDJSON" or ".JSONL" => ListFormat.Ndjson,
            ".ZIP" => ListFormat.Zip,
            _ => throw new CommandException($"'{path}' is neither a folder nor a .csv, .ndjson or .zip file"),
        };
        if (format == ListFormat.Zip && keyColumn is not null) throw new CommandException("--key does not change a ZIP: put a list.csv with a column key into it");
        if (format == ListFormat.Ndjson && charset is not null) throw new CommandException("--charset is for CSV and ZIP: NDJSON is UTF-8");
        return new ListFile(System.IO.Path.GetFullPath(path), format, charset, keyColumn);
    }

    public IEnumerable<ImportPart> Parts() => [this];

    public override async Task<Client.Imports.Import> SendAsync(
        Client.Imports.ImportCalls imports, string table, Client.Imports.ImportOptions options, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        _stream = stream;
        try
        {
            if (_keyColumn is null) return await SendAsync(stream);
            await using var renamed = new RenamedList(stream, _keyColumn, isCsv: _format == ListFormat.Csv);
            return await SendAsync(renamed.Start(cancellationToken));
        }
        finally
        {
            _stream = null;
        }

        Task<Client.Imports.Import> SendAsync(Stream list) => _format switch
        {
            ListFormat.Csv => imports.SendCsvAsync(table, list, _charset ?? "utf-8", options, cancellationToken),
            ListFormat.Ndjson => imports.SendNdjsonAsync(table, list, options, cancellationToken),
            _ => imports.SendZipAsync(table, list, _charset, options, cancellationToken),
        };
    }

    public override string NameOf(Client.Imports.ImportFailure failure) =>
        failure.Key is null ? $"line {failure.Line}" : $"line {failure.Line}, {failure.Key}";
}
