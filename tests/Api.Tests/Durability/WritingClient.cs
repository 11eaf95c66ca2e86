using System.Globalization;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>
/// A client that adds, changes and deletes one row after another and records acknowledged writes. The write that was pending when the
/// service was killed may have been executed or not.
/// </summary>
internal sealed class WritingClient(int number, string table, Random random)
{
    private readonly Dictionary<long, string> _rows = [];
    private readonly HashSet<long> _deleted = [];
    private int _written;

    /// <summary>Tags of the acknowledged rows by id.</summary>
    public IReadOnlyDictionary<long, string> Rows => _rows;

    /// <summary>Ids of deleted rows, which must never reappear.</summary>
    public IReadOnlySet<long> Deleted => _deleted;

    /// <summary>Rows whose last write was not acknowledged, with their possible tags; null if the row may be deleted.</summary>
    public Dictionary<long, IReadOnlyList<string?>> Uncertain { get; } = [];

    /// <summary>Tags of adds that were not acknowledged. Each may have been executed once.</summary>
    public HashSet<string> UncertainAdds { get; } = [];

    /// <summary>Writes until the service is killed.</summary>
    public async Task WriteUntilKilledAsync(HttpClient http, Action acknowledged)
    {
        var calls = new MilvusImgClient(http);
        while (await TryWriteAsync(calls)) acknowledged();
    }

    /// <summary>Resolves uncertain writes by the rows of the restarted service.</summary>
    public void Resolve(IReadOnlyDictionary<long, string> found)
    {
        foreach (var (id, _) in Uncertain)
        {
            _rows.Remove(id);
            if (!found.ContainsKey(id)) _deleted.Add(id);
        }

        foreach (var (id, tags) in found)
        {
            if (Uncertain.ContainsKey(id) || UncertainAdds.Contains(tags)) _rows[id] = tags;
        }

        Uncertain.Clear();
        UncertainAdds.Clear();
    }

    private async Task<bool> TryWriteAsync(MilvusImgClient calls)
    {
        var choice = _rows.Count < 3 ? 0 : random.Next(3);
        var tags = string.Create(CultureInfo.InvariantCulture, $"{number}-{++_written}");
        return choice switch
        {
            0 => await TryAddAsync(calls, tags),
            1 => await TryChangeAsync(calls, AnyRow(), tags),
            _ => await TryDeleteAsync(calls, AnyRow()),
        };
    }

    private async Task<bool> TryAddAsync(MilvusImgClient calls, string tags)
    {
        UncertainAdds.Add(tags);
        if (await AnswerAsync(calls.AddAsync(new { table, image = Picture().Base64(), tags })) is not { } answer) return false;
        UncertainAdds.Remove(tags);
        _rows.Add(MilvusImgClient.IdOf(answer), tags);
        return true;
    }

    private async Task<bool> TryChangeAsync(MilvusImgClient calls, long id, string tags)
    {
        Uncertain[id] = [_rows[id], tags];
        var image = random.Next(2) == 0 ? Picture().Base64() : null;
        if (await AnswerAsync(calls.UpdateAsync(new { table, id, image, tags })) is not { } answer) return false;
        answer.ShouldBe(MilvusImgClient.Data($"\"{id}\""));
        Uncertain.Remove(id);
        _rows[id] = tags;
        return true;
    }

    private async Task<bool> TryDeleteAsync(MilvusImgClient calls, long id)
    {
        Uncertain[id] = [_rows[id], null];
        if (await AnswerAsync(calls.DeleteAsync(id, table)) is not { } answer) return false;
        answer.ShouldBe(MilvusImgClient.Done);
        Uncertain.Remove(id);
        _rows.Remove(id);
        _deleted.Add(id);
        return true;
    }

    private static async Task<string?> AnswerAsync(Task<string> call)
    {
        try
        {
            return await call;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null; // The service was killed, before or after it executed the call.
        }
    }

    private long AnyRow() => _rows.Keys.ElementAt(random.Next(_rows.Count));

    private byte[] Picture() => GoldenPicture.Different[random.Next(GoldenPicture.Different.Count)];
}
