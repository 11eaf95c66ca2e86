using ImageSearch.Storage.Milvus.Wire;

namespace ImageSearch.Storage.Milvus.Migration;

/// <summary>
/// Runs the calls of a migration. Its error messages address the user of the command line; the client's address the operator of a
/// service.
/// </summary>
internal static class CollectionCalls
{
    /// <exception cref="MilvusException">The server is unreachable or rejects the call.</exception>
    public static async Task<T> RunAsync<T>(MilvusOptions options, string collection, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (MilvusException e) when (e.Code is MilvusFault.Unreachable or MilvusFault.Deadline or MilvusFault.RateLimited)
        {
            throw new MilvusException(
                e.Code,
                $"Milvus at {options} can't be reached or does not respond in time; check that it is running, check host, port and TLS, and run the command again",
                e);
        }
        catch (MilvusException e) when (e.Code == MilvusFault.NotLoaded)
        {
            throw new MilvusException(e.Code, NotLoaded(options, collection).Message, e);
        }
    }

    public static Failure NotLoaded(MilvusOptions options, string collection) => new(
        FailureCode.RequestInvalid,
        $"collection {ServerText.Printable(collection)} of Milvus at {options} is not loaded, so its rows can't be read: stop the old system, which releases "
        + "it after every search, and use --load to load it while the command runs, or load it yourself, for example with Attu");
}
