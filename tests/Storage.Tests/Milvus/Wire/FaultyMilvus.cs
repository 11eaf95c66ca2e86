using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using ImageSearch.Storage.Milvus.Protocol;

namespace ImageSearch.Storage.Tests.Milvus.Wire;

/// <summary>
/// A fake server with just enough HTTP/2 to answer AllocTimestamp, correctly or with a fault. It sends header fields as literals without
/// indexing, and keeps the headers of requests without decoding them.
/// </summary>
internal sealed class FaultyMilvus : IAsyncDisposable
{
    public const ulong Timestamp = 470_623_328_988_037_121;
    public const string Words = "it \n broke: ü";

    private const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Ping = 6, WindowUpdate = 8;
    private const byte EndStream = 1, Ack = 1, EndHeaders = 4;

    private readonly TcpListener _listener;
    private readonly Func<WireFault> _next;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly List<Task> _connections = [];
    private int _calls;
    private int _open;
    private string _requestHeaders = "";

    /// <param name="next">Returns the fault of the next call; called by several threads.</param>
    /// <param name="port">The port; 0 for any free port.</param>
    public FaultyMilvus(Func<WireFault> next, int port = 0)
    {
        _next = next;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The number of received calls.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>The encoded headers of the last request; those that are not in HTTP/2's static table are plain text.</summary>
    public string RequestHeaders => Volatile.Read(ref _requestHeaders);

    /// <summary>The number of open connections.</summary>
    public int Open => Volatile.Read(ref _open);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                _connections.Add(ServeAsync(client));
                _connections.RemoveAll(connection => connection.IsCompleted);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        Interlocked.Increment(ref _open);
        using var owned = socket;
        await using var stream = new NetworkStream(socket);
        try
        {
            await stream.ReadExactlyAsync(new byte[24], _stop.Token);
            await WriteAsync(stream, Settings, 0, 0, []);
            var head = new byte[9];
            while (true)
            {
                await stream.ReadExactlyAsync(head, _stop.Token);
                var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                await stream.ReadExactlyAsync(payload, _stop.Token);
                var (type, flags, id) = (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)));
                if (type == Settings && (flags & Ack) == 0) await WriteAsync(stream, Settings, Ack, 0, []);
                if (type == Ping && (flags & Ack) == 0) await WriteAsync(stream, Ping, Ack, 0, payload);
                if (type == Headers) Volatile.Write(ref _requestHeaders, Encoding.ASCII.GetString(payload));
                if (type == Data && payload.Length > 0)
                {
                    // Otherwise the flow control window of the connection is exhausted after some hundred calls.
                    var window = new byte[4];
                    BinaryPrimitives.WriteInt32BigEndian(window, payload.Length);
                    await WriteAsync(stream, WindowUpdate, 0, 0, window);
                }

                if (type == Data && (flags & EndStream) != 0 && !await AnswerAsync(stream, id))
                {
                    // Without lingering the connection is reset, not closed.
                    socket.LingerState = new LingerOption(enable: true, seconds: 0);
                    return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static byte[] Frame(IMessage message, int announced = -1, byte flag = 0)
    {
        var body = message.ToByteArray();
        var frame = new byte[5 + body.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), announced < 0 ? (uint)body.Length : (uint)announced);
        body.CopyTo(frame, 5);
        return frame;
    }

    private static AllocTimestampResponse Answer(int code = 0) =>
        new() { Status = new Status { Code = code, Reason = code == 0 ? "" : Words }, Timestamp = Timestamp };

    /// <returns>Whether to keep the connection; false to reset it.</returns>
    private async Task<bool> AnswerAsync(NetworkStream stream, int id)
    {
        Interlocked.Increment(ref _calls);
        var valid = Frame(Answer());
        var fault = _next();
        switch (fault)
        {
            case WireFault.Hangs:
                return true;
            case WireFault.HangsMidAnswer:
                await HeadAsync(stream, id);
                await WriteAsync(stream, Data, 0, id, valid[..8]);
                return true;
            case WireFault.Resets:
                return false;
            case WireFault.ResetsMidAnswer:
                await HeadAsync(stream, id);
                await WriteAsync(stream, Data, 0, id, valid[..8]);
                return false;
            case WireFault.ResetsStream:
                await WriteAsync(stream, ResetStream, 0, id, [0, 0, 0, 2]);
                return true;
            case WireFault.Garbage:
                await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 400)), _stop.Token);
                return true;
            case WireFault.WrongContentType:
                await WriteAsync(stream, Headers, EndHeaders, id, [0x88, .. Field("content-type", "text/html")]);
                await WriteAsync(stream, Data, EndStream, id, valid);
                return true;
            case WireFault.HttpNotFound:
                // 0x8d is ":status 404" in HTTP/2's static table.
                await WriteAsync(stream, Headers, EndHeaders | EndStream, id, [0x8d]);
                return true;
            case WireFault.HttpUnavailable:
                await WriteAsync(stream, Headers, EndHeaders | EndStream, id, Field(":status", "503"));
                return true;
            case WireFault.Unavailable or WireFault.Unauthenticated:
                await WriteAsync(stream, Headers, EndHeaders | EndStream, id,
                    [0x88, .. Field("content-type", "application/grpc"), .. Field("grpc-status", fault == WireFault.Unavailable ? "14" : "16")]);
                return true;
            case WireFault.NoTrailers:
                await HeadAsync(stream, id);
                await WriteAsync(stream, Data, EndStream, id, valid);
                return true;
            default:
                await HeadAsync(stream, id);
                await WriteAsync(stream, Data, 0, id, Body(fault, valid));
                await WriteAsync(stream, Headers, EndHeaders | EndStream, id, Trailers(fault));
                return true;
        }
    }

    private static byte[] Body(WireFault fault, byte[] valid) => fault switch
    {
        WireFault.HugeLength => [0, 0xff, 0xff, 0xff, 0xff, 1, 2, 3],
        WireFault.LongLength => Frame(Answer(), announced: 200_000_000),
        WireFault.ShortMessage => valid[..^1],
        WireFault.ShortHeader => valid[..3],
        WireFault.MoreThanOneMessage => [.. valid, .. valid],
        WireFault.Empty => [],
        WireFault.Compressed => Frame(Answer(), flag: 1),
        WireFault.NotProtobuf => [0, 0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff],
        WireFault.NoMilvusStatus => Frame(new AllocTimestampResponse { Timestamp = Timestamp }),
        WireFault.NotReady => Frame(Answer(code: 1)),
        WireFault.RateLimited => Frame(Answer(code: 8)),
        _ => valid,
    };

    private static byte[] Trailers(WireFault fault) => fault switch
    {
        WireFault.InternalError => [.. Field("grpc-status", "13"), .. Field("grpc-message", "it %0A broke: %C3%BC")],
        WireFault.StatusIsNotANumber => Field("grpc-status", "fine"),
        _ => Field("grpc-status", "0"),
    };

    private static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.ASCII.GetBytes(name), (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];

    private Task HeadAsync(NetworkStream stream, int id) =>
        WriteAsync(stream, Headers, EndHeaders, id, [0x88, .. Field("content-type", "application/grpc")]);

    private async Task WriteAsync(NetworkStream stream, byte type, byte flags, int id, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        (frame[1], frame[2], frame[3], frame[4]) = ((byte)(payload.Length >> 8), (byte)payload.Length, type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), id);
        payload.CopyTo(frame, 9);
        await stream.WriteAsync(frame, _stop.Token);
    }
}
