using System.IO.Enumeration;

namespace ImageSearch.Fetching.Paths;

/// <summary>
/// Walks a folder in the order of names, folder by folder, from any place on. It keeps some names of each folder on the way at a time, and
/// reads a folder again for the next ones, so its memory does not grow with the folder.
/// </summary>
/// <param name="files">Opens folders.</param>
/// <param name="top">The folder.</param>
/// <param name="isWanted">Whether a file is listed, by its path relative to the folder.</param>
/// <param name="count">Maximum number of files.</param>
/// <param name="time">Measures how long it takes.</param>
/// <param name="cancellationToken">Ends the walk.</param>
internal sealed class FolderWalk(
    IRootedFiles files, string top, Func<string, bool> isWanted, int count, TimeProvider time, CancellationToken cancellationToken)
{
    /// <summary>Time after which a page ends early.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private const int MaxDepth = 64;
    private const int EntriesPerCheck = 1_000;

    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly long _began = time.GetTimestamp();
    private readonly List<string> _paths = [];
    private string? _last;
    private string? _tooDeep;
    private bool _isDenied;
    private bool _isEnded;
    private bool _isTooSlow;
    private int _entries;

    /// <summary>Runs it.</summary>
    /// <param name="after">The path of the last file or folder of the page before; null for the first page.</param>
    public FolderWalkResult Run(string? after)
    {
        Walk("", after?.Split('/') ?? [], 0);
        var isStuck = _isEnded && _last is null && !_isDenied && _tooDeep is null;
        return new FolderWalkResult(_paths, _isEnded ? _last : null, _isDenied, _tooDeep, _isTooSlow || isStuck);
    }

    private bool IsLate => time.GetElapsedTime(_began) > Deadline;

    // The first segments of after are folders on the way, the last one is done.
    private void Walk(string folder, string[] after, int depth)
    {
        var last = depth < after.Length ? after[depth] : null;
        var isDone = depth == after.Length - 1;
        while (!_isEnded)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Read(folder, last, isDone) is not { } names)
            {
                // A folder below that can't be read is left out: lost+found belongs to the system.
                _isDenied = folder.Length == 0 && !_isTooSlow;
                _isEnded = _isDenied || _isTooSlow;
                return;
            }

            foreach (var (name, isFolder) in names)
            {
                var path = folder.Length == 0 ? name : $"{folder}/{name}";
                if (isFolder && depth == MaxDepth) (_tooDeep, _isEnded) = (path, true);
                else if (isFolder) Walk(path, name == last && !isDone ? after : [], depth + 1);
                if (_isEnded) return;
                if (!isFolder) _paths.Add(path);
                _last = path;
                if (_paths.Count < count && !IsLate) continue;
                _isEnded = true;
                return;
            }

            if (names.Count < count) return;
            (last, isDone) = (names[^1].Name, true);
        }
    }

    // The first names in order after one, or from it on. Null: the folder can't be read.
    private List<(string Name, bool IsFolder)>? Read(string folder, string? from, bool isExclusive)
    {
        using var location = files.OpenFolder(folder.Length == 0 ? top : Path.Combine(top, folder));
        if (location is null) return null;
        var first = new FirstNames(count, from, isExclusive);
        try
        {
            var entries = new FileSystemEnumerable<bool>(location.Path, (ref FileSystemEntry _) => true, All)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                {
                    if (++_entries % EntriesPerCheck == 0) Check();
                    if (entry.FileName[0] == '.' || !first.Takes(entry.FileName)) return false;
                    var name = entry.FileName.ToString();
                    // The type of a link is that of its target; only a folder that is none is walked.
                    var isFolder = entry.IsDirectory;
                    if (isFolder ? (entry.Attributes & FileAttributes.ReparsePoint) == 0 : isWanted(folder.Length == 0 ? name : $"{folder}/{name}"))
                        first.Add(name, isFolder);
                    return false;
                },
            };
            foreach (var _ in entries)
            {
            }

            return first.InOrder();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        catch (TimeoutException)
        {
            _isTooSlow = true;
            return null;
        }
    }

    // A folder of millions of files is a single read.
    private void Check()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (time.GetElapsedTime(_began) > 2 * Deadline) throw new TimeoutException();
    }
}

/// <summary>What a walk found.</summary>
/// <param name="Paths">Paths of files.</param>
/// <param name="Next">After which path it goes on; null at the end.</param>
/// <param name="IsDenied">Whether the folder itself can't be read.</param>
/// <param name="TooDeep">A folder that is too deep to be walked, relative to the first one; null if there is none.</param>
/// <param name="IsTooSlow">Whether it got nowhere in its time.</param>
internal sealed record FolderWalkResult(IReadOnlyList<string> Paths, string? Next, bool IsDenied, string? TooDeep, bool IsTooSlow);
