namespace ImageSearch.Fetching.Paths;

/// <summary>
/// A pattern of relative paths: <c>*</c> any characters of a name, <c>?</c> one of them, <c>**</c> any folders. Case is ignored. The cost
/// of a match is at most the length of the pattern times that of the path, for every pattern.
/// </summary>
internal sealed class PathPattern
{
    private const char Separator = '/';
    private const string AnyFolders = "**";

    private readonly string[] _segments;

    private PathPattern(string[] segments) => _segments = segments;

    /// <summary>Reads a pattern.</summary>
    /// <returns>Null if it is too long, empty, absolute, or has a segment <c>..</c>.</returns>
    public static PathPattern? Parse(string text)
    {
        if (text.Length is 0 or > FolderQuery.MaxPatternLength || text[0] == Separator || text.Any(char.IsControl)) return null;
        var segments = text.Split(Separator);
        return segments.Any(segment => segment is "" or "." or "..") ? null : new PathPattern(segments);
    }

    /// <summary>Whether a path of segments separated by slashes matches.</summary>
    public bool Matches(string path)
    {
        var segments = path.Split(Separator);
        int at = 0, pattern = 0, afterAny = -1, retry = 0;
        while (at < segments.Length)
        {
            if (pattern < _segments.Length && _segments[pattern] == AnyFolders)
            {
                (afterAny, retry) = (++pattern, at);
            }
            else if (pattern < _segments.Length && MatchesName(_segments[pattern], segments[at]))
            {
                (at, pattern) = (at + 1, pattern + 1);
            }
            else if (afterAny >= 0)
            {
                // The last ** takes one folder more.
                (at, pattern) = (++retry, afterAny);
            }
            else
            {
                return false;
            }
        }

        while (pattern < _segments.Length && _segments[pattern] == AnyFolders) pattern++;
        return pattern == _segments.Length;
    }

    private static bool MatchesName(string pattern, string name)
    {
        int at = 0, place = 0, afterAny = -1, retry = 0;
        while (at < name.Length)
        {
            if (place < pattern.Length && pattern[place] == '*')
            {
                (afterAny, retry) = (++place, at);
            }
            else if (place < pattern.Length && (pattern[place] == '?' || char.ToUpperInvariant(pattern[place]) == char.ToUpperInvariant(name[at])))
            {
                (at, place) = (at + 1, place + 1);
            }
            else if (afterAny >= 0)
            {
                (at, place) = (++retry, afterAny);
            }
            else
            {
                return false;
            }
        }

        while (place < pattern.Length && pattern[place] == '*') place++;
        return place == pattern.Length;
    }
}
