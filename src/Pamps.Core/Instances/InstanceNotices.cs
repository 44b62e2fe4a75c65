using System.Globalization;
using Microsoft.Extensions.Logging;
using Pamps.Core.Writes;

namespace Pamps.Core.Instances;

/// <summary>What an instance of the server tells the others.</summary>
[Flags]
internal enum Notice
{
    None = 0,

    /// <summary>A transaction has ended, and may have left events.</summary>
    Written = 1,

    /// <summary>Logins have ended, or an account may do other things than before.</summary>
    Revoked = 2,
}

/// <summary>
/// Tells the other instances of the server that something has changed, and hears it from them. A notice only wakes: what
/// changed stands in the database, where who missed a notice finds it a little later.
/// </summary>
public sealed partial class InstanceNotices : IAsyncDisposable
{
    /// <summary>PostgreSQL hands notices on one transaction at a time, so a storm of writes sends few.</summary>
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <summary>How long the end of the process waits for the last notice.</summary>
    private static readonly TimeSpan LastNotice = TimeSpan.FromSeconds(2);

    private readonly string self = Guid.NewGuid().ToString("N");
    private readonly IInstanceChannel? channel;
    private readonly CommitSignal commits;
    private readonly TimeProvider time;
    private readonly ILogger<InstanceNotices> logger;
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock sync = new();
    private Notice unsent;
    private bool isSending;
    private Task sending = Task.CompletedTask;

    internal InstanceNotices(
        IInstanceChannel? channel,
        CommitSignal commits,
        TimeProvider time,
        ILogger<InstanceNotices> logger
    )
    {
        (this.channel, this.commits, this.time, this.logger) = (channel, commits, time, logger);
    }

    /// <summary>
    /// Another instance has ended logins, or changed what an account may do; or may have, while it was not heard.
    /// </summary>
    internal event Action? Revoked;

    /// <summary>Whether what other instances tell arrives here now.</summary>
    public bool HearsOthers => commits.HearsOthers;

    /// <summary>Listens to the other instances until cancelled, over one connection after the other.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (channel is null)
        {
            return;
        }
        var failures = 0;
        while (true)
        {
            try
            {
                await channel.ListenAsync(Begin, Receive, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                if (failures == 0)
                {
                    LogDeaf(exception.Message);
                }
            }
            finally
            {
                CatchUp(hearsOthers: false);
            }
            await Task.Delay(RetryAfter(failures++), time, cancellationToken);
        }

        void Begin()
        {
            if (failures > 0)
            {
                LogHears();
            }
            failures = 0;
            CatchUp(hearsOthers: true);
        }
    }

    /// <summary>Tells the other instances, soon; what cannot be sent now is sent later. Costs its caller nothing.</summary>
    internal void Send(Notice notice)
    {
        if (channel is null)
        {
            return;
        }
        lock (sync)
        {
            unsent |= notice;
            if (!isSending)
            {
                isSending = true;
                sending = Task.Run(() => SendAsync(channel), CancellationToken.None);
            }
        }
    }

    /// <summary>Waits for the notice that is being sent: a command ends right after what it did.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        stopping.CancelAfter(LastNotice);
        await sending;
        stopping.Dispose();
        ending.Dispose();
    }

    private async Task SendAsync(IInstanceChannel others)
    {
        for (var failures = 0; Take() is var notice and not Notice.None; )
        {
            try
            {
                await others.SendAsync(
                    string.Create(CultureInfo.InvariantCulture, $"{self} {(int)notice}"),
                    stopping.Token
                );
                failures = 0;
                await Task.Delay(Batch, time, ending.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // The others find it in the database.
                return;
            }
            catch (Exception exception)
            {
                if (failures == 0)
                {
                    LogMute(exception.Message);
                }
                lock (sync)
                {
                    unsent |= notice;
                }
                await Task.Delay(RetryAfter(failures++), time, stopping.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What is to be sent; nothing ends the sending, in one step with looking.</summary>
    private Notice Take()
    {
        lock (sync)
        {
            var taken = unsent;
            unsent = Notice.None;
            isSending = taken != Notice.None;
            return taken;
        }
    }

    private void Receive(string message)
    {
        // Its own it has acted upon already; and a newer version may say more than is understood here.
        if (message.Split(' ') is not [var sender, var number, ..] || sender == self)
        {
            return;
        }
        var isKnown = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sent);
        var notice = isKnown ? (Notice)sent : Notice.None;
        if (notice.HasFlag(Notice.Revoked))
        {
            Revoked?.Invoke();
        }
        if (notice.HasFlag(Notice.Written))
        {
            commits.Raise();
        }
    }

    /// <summary>Makes up for notices that were missed, or will be.</summary>
    private void CatchUp(bool hearsOthers)
    {
        commits.HearsOthers = hearsOthers;
        Revoked?.Invoke();
        commits.Raise();
    }

    /// <summary>Twice as long each time, and not all instances at once.</summary>
    private static TimeSpan RetryAfter(int failures)
    {
        var longest = FirstRetry * Math.Pow(2, Math.Min(failures, 20));
        return (longest < LongestRetry ? longest : LongestRetry) * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Other instances are not heard; what they write is looked for every second instead: {Reason}"
    )]
    private partial void LogDeaf(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Other instances are heard again")]
    private partial void LogHears();

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Other instances could not be told; they find out within seconds: {Reason}"
    )]
    private partial void LogMute(string reason);
}
