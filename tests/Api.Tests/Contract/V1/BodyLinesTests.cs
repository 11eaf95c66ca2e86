using System.IO.Pipelines;
using System.Net;
using System.Text;
using ImageSearch.Api.Http.Bodies;
using ImageSearch.Api.Limits;
using ImageSearch.Api.V1.Imports;
using ImageSearch.Memory;

namespace ImageSearch.Api.Tests.Contract.V1;

/// <summary>A body is read line by line, however its bytes arrive.</summary>
public sealed class BodyLinesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Lines_are_those_of_the_body_however_it_arrives(int segment)
    {
        (await ReadAsync("a\n\nbc\r\nlast", segment)).ShouldBe(["a", "bc\r", "last"]);
        (await ReadAsync("a\n", segment)).ShouldBe(["a"]);
        (await ReadAsync("", segment)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Long_lines_and_short_ones_can_be_mixed()
    {
        var (large, larger) = (new string('x', 70_000), new string('y', 300_000));
        (await ReadAsync($"a\n{large}\nb\n{larger}\nc", 4_096)).ShouldBe(["a", large, "b", larger, "c"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4_096)]
    public async Task Blank_lines_are_numbered_and_not_read(int segment)
    {
        (await ReadNumberedAsync("\n \r\n\t\n  a \n\n\nb\n \n", segment)).ShouldBe([(4, "a "), (7, "b")]);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_skipped_and_the_next_one_is_read()
    {
        var body = PipeReader.Create(new MemoryStream([.. new byte[BodyLines.MaxBytes + 1], .. "\nb"u8]));
        using var lines = new BodyLines(body, Memory(64), CancellationToken.None);

        (await lines.ReadAsync()).ShouldNotBeNull().Failure.ShouldNotBeNull().Message.ShouldContain("longer than");
        Encoding.UTF8.GetString((await lines.ReadAsync()).ShouldNotBeNull().Value.Span).ShouldBe("b");
        lines.Number.ShouldBe(2);
    }

    [Fact]
    public async Task A_long_line_returns_its_memory_with_the_next_one()
    {
        var budget = new ByteBudget(1);
        var body = PipeReader.Create(new MemoryStream([.. new byte[200_000], (byte)'\n', .. new byte[200_000], (byte)'\n', (byte)'c']));
        using (var lines = new BodyLines(body, Memory(budget), CancellationToken.None))
        {
            for (var line = 0; line < 2; line++)
            {
                (await lines.ReadAsync()).ShouldNotBeNull().Value.Length.ShouldBe(200_000);
                budget.Free.ShouldBeLessThan(budget.Capacity);
            }

            await lines.ReadAsync();
            budget.Free.ShouldBe(budget.Capacity);
        }
    }

    [Fact]
    public async Task A_line_for_which_there_is_no_memory_ends_the_list()
    {
        using var lines = new BodyLines(PipeReader.Create(new MemoryStream(new byte[2 << 20])), Memory(1), CancellationToken.None);
        (await Should.ThrowAsync<ListUnreadableException>(async () => await lines.ReadAsync())).Failure.Code.ShouldBe(FailureCode.Busy);
    }

    [Fact]
    public async Task A_client_whose_long_lines_take_its_share_of_the_memory_is_refused_and_others_are_not()
    {
        var budget = new ByteBudget(16);
        var shares = new AddressShares(budget);
        using var held = Lines(new byte[(4 << 20) + 1], IPAddress.Parse("192.0.2.1"));
        (await held.ReadAsync()).ShouldNotBeNull().Value.Length.ShouldBe((4 << 20) + 1);

        using var second = Lines(new byte[3 << 20], IPAddress.Parse("192.0.2.1"));
        using var other = Lines(new byte[1 << 20], IPAddress.Parse("192.0.2.2"));
        (await Should.ThrowAsync<ListUnreadableException>(async () => await second.ReadAsync())).Failure.Code.ShouldBe(FailureCode.Busy);
        (await other.ReadAsync()).ShouldNotBeNull().Failure.ShouldBeNull();

        BodyLines Lines(byte[] body, IPAddress client) =>
            new(PipeReader.Create(new MemoryStream(body)), new BodyMemory(budget, shares, client), CancellationToken.None);
    }

    [Fact]
    public async Task A_long_line_returns_the_share_of_its_client()
    {
        var budget = new ByteBudget(4);
        var shares = new AddressShares(budget);
        using (var lines = new BodyLines(
            PipeReader.Create(new MemoryStream(new byte[2 << 20])), new BodyMemory(budget, shares, IPAddress.Loopback), CancellationToken.None))
        {
            await lines.ReadAsync();
        }

        // With no byte free, only a client that holds nothing may take a quarter.
        budget.TryTake(budget.Capacity).ShouldBeTrue();
        shares.TryTake(IPAddress.Loopback, budget.Capacity / 4, budget.Capacity / 4).ShouldBeTrue();
    }

    [Fact]
    public async Task A_body_whose_bytes_are_always_there_ends_at_the_deadline()
    {
        using var deadline = new CancellationTokenSource();
        using var lines = new BodyLines(PipeReader.Create(new MemoryStream("a\nb\n"u8.ToArray())), Memory(1), deadline.Token);
        await lines.ReadAsync();
        await deadline.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await lines.ReadAsync());
    }

    internal static BodyMemory Memory(int megabytes) => Memory(new ByteBudget(megabytes));

    private static BodyMemory Memory(ByteBudget budget) => new(budget, new AddressShares(budget), IPAddress.Loopback);

    private static async Task<List<string>> ReadAsync(string body, int segment) =>
        (await ReadNumberedAsync(body, segment)).ConvertAll(line => line.Text);

    private static async Task<List<(long Number, string Text)>> ReadNumberedAsync(string body, int segment)
    {
        var pipe = new Pipe();
        var bytes = Encoding.UTF8.GetBytes(body);
        var writing = Task.Run(async () =>
        {
            for (var at = 0; at < bytes.Length; at += segment) await pipe.Writer.WriteAsync(bytes.AsMemory(at, Math.Min(segment, bytes.Length - at)));
            await pipe.Writer.CompleteAsync();
        });
        using var lines = new BodyLines(pipe.Reader, Memory(16), CancellationToken.None);
        var read = new List<(long, string)>();
        while (await lines.ReadAsync() is { } line) read.Add((lines.Number, Encoding.UTF8.GetString(line.Value.Span)));
        await writing;
        return read;
    }
}
