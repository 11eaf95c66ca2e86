using System.Globalization;

namespace ImageSearch.Client.Items;

/// <summary>An item by its key or its id. Both convert to it: <c>GetAsync("4711")</c> is the key, <c>GetAsync(4711)</c> the id.</summary>
public readonly record struct ItemReference
{
    private ItemReference(string? key, long id) => (Key, Id) = (key, id);

    /// <summary>The key; null if the item is named by its id.</summary>
    public string? Key { get; }

    /// <summary>The id; 0 if the item is named by its key.</summary>
    public long Id { get; }

    /// <summary>An item by its key.</summary>
    /// <param name="key">The key: 1 to 255 characters.</param>
    /// <exception cref="ArgumentException">The key is empty, or a dot or two, which no path can name.</exception>
    public static implicit operator ItemReference(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return key.Trim() is "." or ".."
            ? throw new ArgumentException("A key must be a text other than . and .., which are folders in a path.", nameof(key))
            : new ItemReference(key, 0);
    }

    /// <summary>An item by its id.</summary>
    /// <param name="id">The id.</param>
    public static implicit operator ItemReference(long id) => new(null, id);

    /// <inheritdoc/>
    public override string ToString() => Key ?? Id.ToString(CultureInfo.InvariantCulture);
}
