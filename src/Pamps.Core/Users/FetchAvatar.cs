using System.Globalization;
using Microsoft.Extensions.Logging;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Jobs;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>
/// Copies the picture that somebody gave as the address of their avatar, and makes the copy their avatar as if they had uploaded it. Until
/// then nobody else sees one. What cannot be had is asked for again a few times, for a day.
/// </summary>
public sealed partial class FetchAvatar : IJobHandler
{
    private const string Name = "fetch-avatar";

    /// <summary>How long after a failure it is tried again.</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(5),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(22),
    ];

    private readonly Sql sql;
    private readonly JobQueue jobs;
    private readonly ForeignPictures pictures;
    private readonly UploadMedia media;
    private readonly bool isEnabled;
    private readonly TimeProvider time;
    private readonly ILogger<FetchAvatar> logger;

    internal FetchAvatar(
        Sql sql,
        JobQueue jobs,
        ForeignPictures pictures,
        UploadMedia media,
        PampsOptions options,
        TimeProvider time,
        ILogger<FetchAvatar> logger
    )
    {
        (this.sql, this.jobs, this.pictures, this.media) = (sql, jobs, pictures, media);
        (isEnabled, this.time, this.logger) = (options.Outgoing.Enabled, time, logger);
    }

    /// <summary>Leaves it to the commit that a user's avatar is copied from that address; null where there is none.</summary>
    internal static void Ask(Write write, long userId, string? address)
    {
        if (address is not null)
        {
            write.Enqueue(new Job(Name, Key: userId.ToString(CultureInfo.InvariantCulture)));
        }
    }

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(run);
        var id = long.Parse(run.Key!, CultureInfo.InvariantCulture);
        var avatar = await sql.FirstAsync(
            $"SELECT u.avatar FROM \"user\" u WHERE u.id = @id AND {UserSql.IsHere}",
            row => row.GetStringOrNull(0),
            ct,
            ("id", id)
        );
        if (
            !isEnabled
            || avatar is null
            || MediaFileName.Is(avatar)
            || !Uri.TryCreate(avatar, UriKind.Absolute, out var address)
            || await CopyAsync(id, avatar, address, ct)
        )
        {
            return;
        }
        LogNone(id, address.Host);
        var tries = run.Payload is { } said ? int.Parse(said, CultureInfo.InvariantCulture) : 0;
        if (tries < Pauses.Length)
        {
            await jobs.EnqueueAsync(
                new Job(
                    Name,
                    run.Key,
                    Payload: (tries + 1).ToString(CultureInfo.InvariantCulture),
                    RunAt: time.Now() + Pauses[tries]
                ),
                ct
            );
        }
    }

    /// <summary>Whether there is no more to be done.</summary>
    private async Task<bool> CopyAsync(long id, string avatar, Uri address, CancellationToken ct)
    {
        try
        {
            if (await pictures.DrawAsync(address, ct) is not { } drawn)
            {
                return false;
            }
            var kept = await media.KeepAsync(
                viewer: null,
                id,
                drawn,
                x => x,
                (write, picture) => SetAsync(write, id, avatar, picture),
                ct
            );
            return !kept.IsRefused(out var error) || error == Error.UserNotFound;
        }
        catch (IOException)
        {
            // The disk is full, or the store is away.
            return false;
        }
    }

    /// <summary>Somebody who has another avatar by now keeps it.</summary>
    private static async Task<Error?> SetAsync(Write write, long id, string avatar, MediaView picture)
    {
        var words = await write.FirstAsync(
            new Statement(
                $"""
                UPDATE "user" AS u SET avatar = @file WHERE u.id = @id AND u.avatar = @avatar AND {UserSql.IsHere}
                RETURNING username, display_name, bio
                """,
                ("file", picture.Preview),
                ("id", id),
                ("avatar", avatar)
            ),
            row => IndexedWords.OfUser(row.GetString(0), row.GetStringOrNull(1), row.GetStringOrNull(2))
        );
        if (words is null)
        {
            // A refusal, which nobody is told, so that nothing is kept.
            return Error.UserNotFound;
        }
        ProfileMedia.Set(write, id, ProfilePart.Avatar, picture);
        write.Record(new ProfileEdited(id, words));
        return null;
    }

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "The avatar of account {Account} could not be had from {Host}"
    )]
    private partial void LogNone(long account, string host);
}
