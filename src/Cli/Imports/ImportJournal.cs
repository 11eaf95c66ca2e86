using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ImageSearch.Cli.Profiles;

namespace ImageSearch.Cli.Imports;

/// <summary>
/// A file that remembers which parts of an import a service has, so that an interrupted import goes on. It is removed when all are finished.
/// </summary>
internal sealed class ImportJournal
{
    private readonly string? _path;
    private readonly JournalContent _content;

    private ImportJournal(string? path, JournalContent content) => (_path, _content) = (path, content);

    /// <summary>Whether it continues an earlier run.</summary>
    public bool IsContinued { get; private init; }

    /// <summary>Whether an earlier run was interrupted and is not continued.</summary>
    public bool HasForgotten { get; private init; }

    /// <summary>Opens the journal of an import.</summary>
    /// <param name="identity">The server, table, source and choices; another one is another import.</param>
    /// <param name="table">When the table was created. One that was created again has nothing of the earlier run.</param>
    /// <param name="resumes">Whether to continue an earlier run.</param>
    /// <param name="isKept">Whether a later run may continue this one.</param>
    public static ImportJournal Open(string identity, DateTimeOffset? table, bool resumes, bool isKept)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16));
        var path = Path.Combine(UserFolders.State, "imports", name + ".json");
        var earlier = isKept ? Read(path) : null;
        if (earlier is not null && resumes && earlier.Table == table) return new ImportJournal(path, earlier) { IsContinued = true };
        return new ImportJournal(isKept ? path : null, new JournalContent { Run = Guid.NewGuid().ToString("N"), Table = table })
        {
            HasForgotten = !resumes && earlier?.Parts.Values.Any(part => part.Id is not null) == true,
        };
    }

    /// <summary>What is known of a part; a new entry if nothing is.</summary>
    public JournalPart PartOf(string fingerprint)
    {
        if (!_content.Parts.TryGetValue(fingerprint, out var part)) _content.Parts[fingerprint] = part = new JournalPart();
        return part;
    }

    /// <summary>The header under which a part is one import however often it is sent.</summary>
    public string IdempotencyKey(string fingerprint, JournalPart part) => $"{_content.Run}-{fingerprint[..32]}-{part.Attempt}";

    /// <summary>Writes what has changed.</summary>
    public void Save()
    {
        if (_path is not null) PrivateFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(_content));
    }

    /// <summary>Removes the file of an import that is finished.</summary>
    public void Remove()
    {
        if (_path is not null) File.Delete(_path);
    }

    // A damaged journal is none: the import begins again, which changes nothing that is stored.
    private static JournalContent? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<JournalContent>(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record JournalContent
    {
        public string Run { get; init; } = "";

        public DateTimeOffset? Table { get; init; }

        public Dictionary<string, JournalPart> Parts { get; init; } = [];
    }
}
