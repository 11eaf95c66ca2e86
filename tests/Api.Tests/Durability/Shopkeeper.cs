using System.Globalization;
using ImageSearch.Api.Tests.Contract.MilvusImg;
using ImageSearch.Api.Tests.Running;

namespace ImageSearch.Api.Tests.Durability;

/// <summary>
/// A client that adds, changes and deletes one row after another and remembers what was answered. What it was waiting for when the
/// service died may have happened or not.
/// </summary>
internal sealed class Shopkeeper(int number, string table, Random random)
{
    private readonly Dictionary<long, string> _rows = [];
    private readonly HashSet<long> _deleted = [];
    private int _written;

    /// <summary>Rows that must be there, by id, with their tags.</summary>
    public IReadOnlyDictionary<long, string> Rows => _rows;

    /// <summary>Rows that must never be there again.</summary>
    public IReadOnlySet<long> Deleted => _deleted;

    /// <summary>Rows whose last write was not answered: each may be as before, as after, or gone where it was a delete.</summary>
    public Dictionary<long, IReadOnlyList<string?>> Open { get; } = [];

    /// <summary>Tags of adds that were not answered: each may be there once.</summary>
    public HashSet<string> OpenAdds { get; } = [];

    /// <summary>Writes until the service is gone.</summary>
    public async Task WriteUntilItDiesAsync(HttpClient http, Action answered)
    {
        var calls = new MilvusImgClient(http);
        while (await TryWriteAsync(calls)) answered();
    }

    /// <summary>Takes what the restarted service has for what is.</summary>
    public void Settle(IReadOnlyDictionary<long, string> found)
    {
        foreach (var (id, _) in Open)
        {
            _rows.Remove(id);
            if (!found.ContainsKey(id)) _deleted.Add(id);
        }

        foreach (var (id, tags) in found)
            if (Open.ContainsKey(id) || OpenAdds.Contains(tags)) _rows[id] = tags;
        Open.Clear();
        OpenAdds.Clear();
    }

    private async Task<bool> TryWriteAsync(MilvusImgClient calls)
    {
        var choice = _rows.Count < 3 ? 0 : random.Next(3);
        var tags = string.Create(CultureInfo.InvariantCulture, $"{number}-{++_written}");
        return choice switch
        {
            0 => await TryAddAsync(calls, tags),
            1 => await TryChangeAsync(calls, OneOfMine(), tags),
            _ => await TryDeleteAsync(calls, OneOfMine()),
        };
    }

    private async Task<bool> TryAddAsync(MilvusImgClient calls, string tags)
    {
        OpenAdds.Add(tags);
        if (await AnswerAsync(calls.AddAsync(new { table, image = Picture().Base64(), tags })) is not { } answer) return false;
        OpenAdds.Remove(tags);
        _rows.Add(MilvusImgClient.IdOf(answer), tags);
        return true;
    }

    private async Task<bool> TryChangeAsync(MilvusImgClient calls, long id, string tags)
    {
        Open[id] = [_rows[id], tags];
        var image = random.Next(2) == 0 ? Picture().Base64() : null;
        if (await AnswerAsync(calls.UpdateAsync(new { table, id, image, tags })) is not { } answer) return false;
        answer.ShouldBe(MilvusImgClient.Data($"\"{id}\""));
        Open.Remove(id);
        _rows[id] = tags;
        return true;
    }

    private async Task<bool> TryDeleteAsync(MilvusImgClient calls, long id)
    {
        Open[id] = [_rows[id], null];
        if (await AnswerAsync(calls.DeleteAsync(id, table)) is not { } answer) return false;
        answer.ShouldBe(MilvusImgClient.Done);
        Open.Remove(id);
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
            return null; // The service is gone; whether it had done the work is open.
        }
    }

    private long OneOfMine() => _rows.Keys.ElementAt(random.Next(_rows.Count));

    private byte[] Picture() => GoldenPicture.Different[random.Next(GoldenPicture.Different.Count)];
}
