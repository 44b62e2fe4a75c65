using System.Threading.RateLimiting;
using Pamps.Core.Limits;
using Pamps.Core.Results;

namespace Pamps.Core.Media;

/// <summary>The measures of uploads. They are no settings: nobody who runs a server needs to change them.</summary>
internal sealed record MediaMeasures
{
    /// <summary>How many pictures are drawn at once: each may take all of a processor, and hundreds of megabytes.</summary>
    public int Drawing { get; init; } = 2;

    /// <summary>How many uploads wait for that.</summary>
    public int Waiting { get; init; } = 30;

    /// <summary>How long they wait.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long one is drawn.</summary>
    public TimeSpan LongestDrawing { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How many recordings are encoded at once: each takes a processor for as long as a minute.</summary>
    public int Encoding { get; init; } = 2;

    /// <summary>How many uploads wait for that.</summary>
    public int WaitingToEncode { get; init; } = 8;

    /// <summary>How long they wait.</summary>
    public TimeSpan LongestWaitToEncode { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one is encoded. With the wait it is less than proxies in front wait for an answer.</summary>
    public TimeSpan LongestEncoding { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How many uploads of one account are on their way at once.</summary>
    public int OfOne { get; init; } = 4;

    /// <summary>How many uploads there are at once.</summary>
    public int OfAll { get; init; } = 64;

    /// <summary>How long a picture may be without a post.</summary>
    public TimeSpan Unused { get; init; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long a file may take to be written or removed, with all tries: who has not ended by then is thought to have been stopped.
    /// </summary>
    public TimeSpan LongestOnItsWay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long what is received may not be ended.</summary>
    public TimeSpan Unfinished { get; init; } = TimeSpan.FromDays(1);
}

/// <summary>Lets few pictures be drawn at once, and few recordings be encoded, whoever sends them; the others wait a moment.</summary>
internal sealed class PictureQueue(
    IPictureMaker maker,
    IRecordingMaker recordings,
    MediaMeasures measures,
    TimeProvider time
) : IDisposable
{
    private readonly AtOnce uploads = new();
    private readonly AtOnce recorders = new();
    private readonly ConcurrencyLimiter all = new(
        new ConcurrencyLimiterOptions { PermitLimit = measures.OfAll }
    );
    private readonly ConcurrencyLimiter drawing = Limited(measures.Drawing, measures.Waiting);

    /// <summary>Apart from pictures, which nobody would wait for a minute for.</summary>
    private readonly ConcurrencyLimiter encoding = Limited(measures.Encoding, measures.WaitingToEncode);

    /// <summary>Takes an upload in, which leaves when it is disposed; refused when there are as many as may be.</summary>
    public Result<IDisposable> Enter(long userId)
    {
        if (!uploads.TryEnter(userId, measures.OfOne))
        {
            return MediaErrors.AtOnce;
        }
        var lease = all.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return new Entered(this, userId, lease);
        }
        lease.Dispose();
        uploads.Leave(userId);
        return MediaErrors.QueueFull;
    }

    /// <summary>What was made of the file, or why not.</summary>
    public Task<Result<MadePicture>> DrawAsync(string path, CancellationToken ct) =>
        RunAsync(
            drawing,
            measures.LongestWait,
            measures.LongestDrawing,
            // A thread of its own: requests wait for the others.
            stop =>
                Task.Factory.StartNew(
                    () => maker.Make(path, stop),
                    CancellationToken.None,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                ),
            MediaErrors.TooSlow,
            ct
        );

    /// <summary>The same of video and audio, of which an account has one at a time: nobody holds all encoders.</summary>
    /// <param name="userId">The account; null where the operator has it done.</param>
    /// <param name="path">The file.</param>
    /// <param name="admitAsync">Asked before anything is done for it, and refuses it.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="IOException">There is no room on the disk.</exception>
    public async Task<Result<MadePicture>> EncodeAsync(
        long? userId,
        string path,
        Func<CancellationToken, Task<Error?>> admitAsync,
        CancellationToken ct
    )
    {
        if (!recorders.TryEnter(userId, most: 1))
        {
            return MediaErrors.AtOnce;
        }
        try
        {
            return await admitAsync(ct) is { } error ? error : await EncodeAsync(path, ct);
        }
        finally
        {
            recorders.Leave(userId);
        }
    }

    private Task<Result<MadePicture>> EncodeAsync(string path, CancellationToken ct) =>
        RunAsync(
            encoding,
            measures.LongestWaitToEncode,
            measures.LongestEncoding,
            stop => recordings.MakeAsync(path, stop),
            MediaErrors.RecordingTooDear,
            ct
        );

    public void Dispose()
    {
        all.Dispose();
        drawing.Dispose();
        encoding.Dispose();
    }

    private static ConcurrencyLimiter Limited(int permits, int waiting) =>
        new(
            new ConcurrencyLimiterOptions
            {
                PermitLimit = permits,
                QueueLimit = waiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );

    private async Task<Result<MadePicture>> RunAsync(
        ConcurrencyLimiter gate,
        TimeSpan longestWait,
        TimeSpan longest,
        Func<CancellationToken, Task<Result<MadePicture>>> makeAsync,
        Error tooDear,
        CancellationToken ct
    )
    {
        using var lease = await WaitAsync(gate, longestWait, ct);
        if (lease is not { IsAcquired: true })
        {
            return MediaErrors.QueueFull;
        }
        using var end = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            return await makeAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return tooDear;
        }
    }

    /// <summary>Null when the wait was in vain.</summary>
    private async Task<RateLimitLease?> WaitAsync(
        ConcurrencyLimiter gate,
        TimeSpan longest,
        CancellationToken ct
    )
    {
        if (gate.AttemptAcquire() is { IsAcquired: true } atOnce)
        {
            return atOnce;
        }
        using var end = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, end.Token);
        try
        {
            return await gate.AcquireAsync(permitCount: 1, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed class Entered(PictureQueue queue, long userId, RateLimitLease lease) : IDisposable
    {
        public void Dispose()
        {
            lease.Dispose();
            queue.uploads.Leave(userId);
        }
    }
}
