using System.Text.Json;
using Microsoft.Extensions.Logging;
using Pamps.Core;
using Pamps.Core.Archives;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Jobs;
using Pamps.Core.Media;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Operations.Imports;

/// <summary>
/// Takes in what people brought, one after the other. One that fails keeps no other from being taken in; one that a server's end stopped
/// is begun again, and finds here what it had made.
/// </summary>
internal sealed partial class RunImports(
    Writer writer,
    ImportForeign foreign,
    ImportList list,
    IPrivateFiles files,
    TimeProvider time,
    ILogger<RunImports> logger
) : IJobHandler
{
    /// <summary>How many times one is begun that was not put back since: it ends servers, maybe.</summary>
    private const int MostAttempts = 5;

    /// <summary>How long one is worked on before others come.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(10);

    /// <summary>How long one is tried at all.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>How long writing that one waits again may take when the server stops.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public string Kind => OrderImport.JobKind;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        var (last, later) = (0L, new List<long>());
        IOException? failure = null;
        while (await BeginAsync(last, later, ct) is { } import)
        {
            last = import.Id;
            try
            {
                await RunAsync(import, ct);
            }
            catch (TurnEndedException)
            {
                await PutBackAsync(import, ct);
            }
            // The disk is full, or the store away: not now, but with the job's next try. Those of others may go.
            catch (IOException exception)
            {
                await PutBackAsync(import, ct);
                (failure, later) = (exception, [.. later, import.Id]);
            }
            catch (Exception) when (ct.IsCancellationRequested)
            {
                using var soon = new CancellationTokenSource(Soon);
                await PutBackAsync(import, soon.Token);
                throw;
            }
        }
        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>The next one after that which came last, so that all have their turns; null when none waits.</summary>
    private async Task<Import?> BeginAsync(long last, List<long> later, CancellationToken ct)
    {
        var begun = await writer.RunAsync<Import?>(
            viewer: null,
            async write =>
            {
                await EndSpentAsync(write);
                var import = await NextAsync(write, last, later)
                    ?? (last > 0 ? await NextAsync(write, 0, later) : null);
                if (import is not null)
                {
                    write.Then(
                        new Statement(
                            "UPDATE import SET attempts = attempts + 1, state = @running WHERE id = @id",
                            ("running", (short)ImportState.Running),
                            ("id", import.Id)
                        )
                    );
                }
                return import;
            },
            ct
        );
        return begun.Value;
    }

    /// <summary>Ends those that are not to be begun again, and those of accounts that may not write any more. There are few.</summary>
    private static async Task EndSpentAsync(Write write)
    {
        var spent = await write.ListAsync(
            new Statement(
                $"""
                UPDATE import SET ended_at = @now,
                    state = CASE WHEN attempts >= @most OR created_at < @before THEN @failed ELSE @cancelled END,
                    error = CASE WHEN attempts >= @most OR created_at < @before THEN @error END
                WHERE ended_at IS NULL AND (attempts >= @most OR created_at < @before
                    OR (SELECT 1 FROM "user" u WHERE u.id = import.user_id AND {UserSql.IsSeen} AND {UserSql.IsActive}) IS NULL)
                RETURNING id, file, user_id
                """,
                ("now", write.Now),
                ("failed", (short)ImportState.Failed),
                ("cancelled", (short)ImportState.Cancelled),
                ("error", "failed"),
                ("before", write.Now - Longest),
                ("most", MostAttempts)
            ),
            row => (Id: row.GetInt64(0), File: row.GetStringOrNull(1), UserId: row.GetInt64(2))
        );
        foreach (var (id, file, userId) in spent)
        {
            DropPrivateFile.Ask(write, file);
            write.Then(new Statement("UPDATE import SET file = NULL WHERE id = @id", ("id", id)));
            write.Record(new ImportEnded(userId, id));
        }
    }

    private static Task<Import?> NextAsync(Write write, long last, List<long> later) =>
        write.FirstAsync(
            new Statement(
                $"""
                SELECT i.id, i.user_id, u.username, i.kind, i.visibility, i.file, i.created_at, i.report
                FROM import i JOIN "user" u ON u.id = i.user_id
                WHERE i.ended_at IS NULL AND i.id > @last AND NOT ({write.Dialect.IsOneOf("i.id", "later")})
                ORDER BY i.id LIMIT 1{write.Dialect.ForUpdate("i")}
                """,
                ("last", last),
                write.Dialect.Ids("later", later)
            ),
            row => new Import(
                row.GetInt64(0),
                new ImportInto(row.GetInt64(1), row.GetString(2), (Visibility)row.GetInt16(4), row.GetUtc(6))
                {
                    Before = row.GetStringOrNull(7) is { } report
                        ? JsonSerializer.Deserialize(report, ImportReportJson.Kept.ImportReport)
                        : null,
                },
                (ImportKind)row.GetInt16(3),
                row.GetString(5)
            )
        );

    /// <summary>It waits again, and this time does not count: it is what did not end a server.</summary>
    private Task<Result<int>> PutBackAsync(Import import, CancellationToken ct) =>
        writer.RunAsync<int>(
            viewer: null,
            async write =>
                await write.ExecuteAsync(
                    new Statement(
                        "UPDATE import SET attempts = attempts - 1, state = @waiting WHERE id = @id AND ended_at IS NULL AND attempts > 0",
                        ("waiting", (short)ImportState.Waiting),
                        ("id", import.Id)
                    )
                ),
            ct
        );

    private async Task RunAsync(Import import, CancellationToken ct)
    {
        var (began, isStopped) = (time.GetTimestamp(), false);
        try
        {
            await using var file = await OpenAsync(import.File, ct);
            var done = await (
                import.Kind == ImportKind.Archive
                    ? foreign.RunAsync(import.Into, file, TellAsync, ct)
                    : list.RunAsync(import.Into, import.Kind, file, TellAsync, ct)
            );
            if (done.IsRefused(out var error))
            {
                if (error == Error.UserNotFound)
                {
                    // Suspended, or gone, just now.
                    await EndAsync(import, ImportState.Cancelled, error: null, tally: null, ct);
                    return;
                }
                throw error.Kind == ErrorKind.Unavailable
                    ? new IOException(error.Message)
                    : new InvalidOperationException(error.Message);
            }
            await EndAsync(
                import,
                isStopped ? ImportState.Cancelled : ImportState.Done,
                error: null,
                done.Value,
                ct
            );
        }
        // What is not its own fault is tried again.
        catch (Exception exception)
            when (exception
                    is DatabaseUnavailableException
                        or TurnEndedException
                        or (IOException and not EndOfStreamException)
                || ct.IsCancellationRequested
            )
        {
            throw;
        }
        catch (Exception exception) when (ForeignFiles.IsOfFile(exception))
        {
            LogFailed(import.Id, JobError.Describe(exception));
            await EndAsync(import, ImportState.Failed, "unreadable", tally: null, ct);
        }
        catch (Exception exception)
        {
            LogFailed(import.Id, JobError.Describe(exception));
            await EndAsync(import, ImportState.Failed, "failed", tally: null, ct);
        }

        async Task<bool> TellAsync(long done, long total, Tally tally)
        {
            var hadItsTurn = time.GetElapsedTime(began) > Turn;
            var told = await writer.RunAsync<(bool GoesOn, bool OthersWait)>(
                viewer: null,
                async write =>
                {
                    var before = await write.FirstAsync(
                        new Statement(
                            $"SELECT i.done FROM import i WHERE i.id = @id AND i.ended_at IS NULL{write.Dialect.ForUpdate("i")}",
                            ("id", import.Id)
                        ),
                        row => (long?)row.GetInt64(0)
                    );
                    if (before is null || !await UserSql.IsActiveAsync(write, import.Into.UserId))
                    {
                        return (false, false);
                    }
                    // Begun anew, it is not further until it has looked at what it had looked at.
                    if (done < before)
                    {
                        return (true, false);
                    }
                    write.Then(
                        new Statement(
                            "UPDATE import SET done = @done, total = @total, report = @report WHERE id = @id",
                            ("done", done),
                            ("total", total),
                            ("report", Json(tally)),
                            ("id", import.Id)
                        )
                    );
                    return (
                        true,
                        hadItsTurn
                            && done > before
                            && done < total
                            && await write.FirstAsync(
                                new Statement(
                                    "SELECT 1 FROM import i WHERE i.ended_at IS NULL AND i.id <> @id LIMIT 1",
                                    ("id", import.Id)
                                ),
                                _ => true
                            )
                    );
                },
                ct
            );
            if (told.Value.OthersWait)
            {
                throw new TurnEndedException();
            }
            isStopped |= !told.Value.GoesOn;
            return told.Value.GoesOn;
        }
    }

    /// <summary>The file on this machine, since it is read from many places.</summary>
    private async Task<FileStream> OpenAsync(string name, CancellationToken ct)
    {
        var stored = await files.OpenPrivateAsync(name, ct)
            ?? throw new InvalidDataException("The file is gone.");
        if (stored is FileStream local)
        {
            return local;
        }
        await using (stored)
        {
            var copy = files.NewScratch();
            try
            {
                await stored.CopyToAsync(copy, ct);
                await copy.FlushAsync(ct);
            }
            catch
            {
                await copy.DisposeAsync();
                throw;
            }
            copy.Position = 0;
            return copy;
        }
    }

    private Task<Result<Done>> EndAsync(
        Import import,
        ImportState state,
        string? error,
        Tally? tally,
        CancellationToken ct
    ) =>
        writer.RunAsync<Done>(
            viewer: null,
            async write =>
            {
                // One that was cancelled stays so, and who did that knows of it.
                var isNews = await write.ExecuteAsync(
                    new Statement(
                        "UPDATE import SET state = @state, error = @error, ended_at = @now WHERE id = @id AND ended_at IS NULL",
                        ("state", (short)state),
                        ("error", error),
                        ("now", write.Now),
                        ("id", import.Id)
                    )
                );
                write.Then(
                    new Statement(
                        "UPDATE import SET file = NULL, report = COALESCE(@report, report) WHERE id = @id",
                        ("report", tally is null ? null : Json(tally)),
                        ("id", import.Id)
                    )
                );
                DropPrivateFile.Ask(write, import.File);
                if (isNews > 0)
                {
                    write.Record(new ImportEnded(import.Into.UserId, import.Id));
                }
                return new Done();
            },
            ct
        );

    private static string Json(Tally tally) =>
        JsonSerializer.Serialize(tally.ToReport(), ImportReportJson.Kept.ImportReport);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The import {ImportId} ended: {Reason}")]
    private partial void LogFailed(long importId, string reason);

    private sealed class TurnEndedException() : Exception("Others come now.");

    private sealed record Import(long Id, ImportInto Into, ImportKind Kind, string File);
}
