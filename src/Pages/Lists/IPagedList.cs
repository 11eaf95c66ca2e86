namespace ImageSearch.Pages.Lists;

/// <summary>What turning the pages of a list needs to know of it.</summary>
public interface IPagedList
{
    /// <summary>The number of the shown page, from 1.</summary>
    int Number { get; }

    /// <summary>Whether a page before the shown one is kept.</summary>
    bool HasPrevious { get; }

    /// <summary>Whether a page follows the shown one.</summary>
    bool HasNext { get; }

    /// <summary>Shows the page before.</summary>
    void Previous();

    /// <summary>Shows the page that follows, and reads it if it was not shown yet.</summary>
    Task NextAsync();
}
