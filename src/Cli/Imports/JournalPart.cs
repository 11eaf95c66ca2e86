namespace ImageSearch.Cli.Imports;

/// <summary>What is known about a part of an import that may be continued.</summary>
internal sealed class JournalPart
{
    /// <summary>How often the service ended it unfinished; each try is an import of its own.</summary>
    public int Attempt { get; set; }

    /// <summary>The import; null if the service has not answered that it has the part.</summary>
    public string? Id { get; set; }

    /// <summary>Whether every picture is stored or has failed.</summary>
    public bool IsFinished { get; set; }

    public long Items { get; set; }

    public long Stored { get; set; }

    public long Failed { get; set; }

    /// <summary>Forgets an import that ended unfinished or is not there any more.</summary>
    public void Abandon()
    {
        Attempt++;
        Id = null;
    }
}
