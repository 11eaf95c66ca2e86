using ImageSearch.Client;
using ImageSearch.Client.Items;
using ImageSearch.Client.Problems;
using ImageSearch.Client.Tables;

namespace ImageSearch.Pages.Welcome;

/// <summary>Creates a table with the sample pictures.</summary>
/// <param name="client">Calls the service as the session.</param>
internal sealed class SampleTable(ImageSearchClient client)
{
    // Samples that are there from an interrupted try stay.
    private static readonly PutOptions Keep = new() { OnExistingKey = KeyRule.Skip };

    /// <summary>Creates the table and adds the pictures. A table of the samples that exists is completed.</summary>
    /// <returns>False if another table has the name.</returns>
    public async Task<bool> CreateAsync(string table, CancellationToken cancellationToken)
    {
        if (!await IsCreatedAsync(table, cancellationToken)) return false;
        foreach (var sample in SamplePicture.All)
        {
            await using var picture = SamplePicture.Open(sample.File);
            await client.Items(table).PutAsync(sample.Key, sample.ToItem(picture), Keep, cancellationToken);
        }

        return true;
    }

    private async Task<bool> IsCreatedAsync(string table, CancellationToken cancellationToken)
    {
        try
        {
            await client.Tables.CreateAsync(table, new TableSettings { Attributes = SamplePicture.Schema }, createOnly: true, cancellationToken);
            return true;
        }
        catch (ProblemException e) when (e.Code == ProblemCode.ConditionFailed)
        {
            var existing = await client.Tables.GetAsync(table, cancellationToken);
            return existing.Attributes.SequenceEqual(SamplePicture.Schema) && existing.Rows <= SamplePicture.All.Count;
        }
    }
}
