using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ImageSearch.Client.Http;

/// <summary>Every call goes through here: headers, time, repetitions and errors.</summary>
internal sealed class CallSender(HttpClient http, ImageSearchClientOptions options)
{
    private static readonly ProductInfoHeaderValue Product =
        new("ImageSearch.Client", typeof(CallSender).Assembly.GetName().Version!.ToString(3));

    public RetryPolicy Retries { get; } = new(options);

    public ImageSearchClientOptions Options => options;

    /// <summary>Sends a call and reads its answer.</summary>
    public Task<T> ReadAsync<T>(Call call, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        ReadAsync(call, type, (answer, _) => answer, cancellationToken);

    /// <summary>Sends a call and reads its answer together with its headers.</summary>
    public Task<T> ReadAsync<T>(Call call, JsonTypeInfo<T> type, Func<T, HttpResponseMessage, T> withHeaders, CancellationToken cancellationToken)
        where T : class => RunAsync(
        call,
        async answer =>
        {
            using (answer)
            {
                var stream = await answer.Response.Content.ReadAsStreamAsync(answer.Token).ConfigureAwait(false);
                var value = await JsonSerializer.DeserializeAsync(stream, type, answer.Token).ConfigureAwait(false);
                return value is null ? throw new JsonException("it is null") : withHeaders(value, answer.Response);
            }
        },
        cancellationToken);

    /// <summary>Sends a call whose answer has no body.</summary>
    public Task SendAsync(Call call, CancellationToken cancellationToken) => RunAsync(
        call,
        answer =>
        {
            answer.Dispose();
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <summary>Sends a call whose answer is read part by part. The caller disposes it.</summary>
    public Task<OpenAnswer> OpenAsync(Call call, CancellationToken cancellationToken) => RunAsync(call, Task.FromResult, cancellationToken);

    /// <summary>The lines of an answer, one JSON object each, as they arrive.</summary>
    public async IAsyncEnumerable<T> ReadLinesAsync<T>(Call call, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var answer = await OpenAsync(call, cancellationToken).ConfigureAwait(false);
        var stream = await answer.Response.Content.ReadAsStreamAsync(answer.Token).ConfigureAwait(false);
        var lines = JsonSerializer.DeserializeAsyncEnumerable(stream, type, topLevelValues: true, answer.Token).GetAsyncEnumerator(answer.Token);
        try
        {
            while (await answer.MoveNextAsync(lines).ConfigureAwait(false))
            {
                if (lines.Current is { } line) yield return line;
            }
        }
        finally
        {
            await lines.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<T> RunAsync<T>(Call call, Func<OpenAnswer, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var repetitions = 0; ; repetitions++)
        {
            TimeSpan wait;
            var deadline = new ProgressDeadline(options.Timeout, options.Time, cancellationToken);
            try
            {
                var answer = await SendOnceAsync(call, deadline).ConfigureAwait(false);
                return await read(answer).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                call.Body?.ThrowSourceFailure();
                var failure = e as ImageSearchException ?? CallFailure.Of(e, deadline);
                deadline.Dispose();
                if (failure is null) throw;
                if (Retries.WaitAfter(repetitions, call, failure) is not { } allowed) throw failure;
                wait = allowed;
            }

            await Task.Delay(wait, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<OpenAnswer> SendOnceAsync(Call call, ProgressDeadline deadline)
    {
        using var request = call.ToRequest();
        request.Headers.UserAgent.Add(Product);
        if (options.Application is { } application) request.Headers.UserAgent.ParseAdd(application);
        if (options.Token is { } token) request.Headers.TryAddWithoutValidation("token", token);
        request.Content = OpenBody(call, deadline);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
        deadline.Restart();
        if (response.IsSuccessStatusCode || (call.AnswersUnavailable && response.StatusCode == HttpStatusCode.ServiceUnavailable))
            return new OpenAnswer(response, deadline);
        using (response) throw await ProblemReader.ReadAsync(response, options.Time, deadline.Token).ConfigureAwait(false);
    }

    // A missing file is an error of the caller's data, not of the connection.
    private static HttpContent? OpenBody(Call call, ProgressDeadline deadline)
    {
        try
        {
            return call.Body?.Open(deadline.Restart);
        }
        catch (IOException e)
        {
            call.Body!.FailSource(e);
            throw;
        }
    }
}
