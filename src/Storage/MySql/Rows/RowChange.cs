using System.Globalization;
using System.Text;
using ImageSearch.Storage.Catalog;

namespace ImageSearch.Storage.MySql.Rows;

/// <summary>A commit's change of a row's vectors.</summary>
/// <param name="Row">The row with its version after the change, or its last version.</param>
/// <param name="Removed">Whether the row was deleted.</param>
internal readonly record struct RowChange(RowVersion Row, bool Removed)
{
    /// <summary>
    /// The text form of a commit's changes: <c>12:1</c> for a row that was written, <c>-12:1</c> for one that was deleted.
    /// </summary>
    public static string Write(IEnumerable<RowChange> changes)
    {
        var text = new StringBuilder();
        foreach (var ((id, version), removed) in changes)
        {
            if (text.Length > 0) text.Append(' ');
            text.Append(CultureInfo.InvariantCulture, $"{(removed ? "-" : "")}{id}:{version}");
        }

        return text.ToString();
    }

    /// <exception cref="FormatException">The text has another form.</exception>
    public static IReadOnlyList<RowChange> Read(string text)
    {
        var changes = new List<RowChange>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var removed = part[0] == '-';
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) throw new FormatException($"'{part}' is not a row change.");
            changes.Add(
                new RowChange(
                    new RowVersion(
                        long.Parse(part.AsSpan(removed ? 1 : 0, colon - (removed ? 1 : 0)), NumberStyles.None, CultureInfo.InvariantCulture),
                        int.Parse(part.AsSpan(colon + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
                    removed));
        }

        return changes;
    }
}
