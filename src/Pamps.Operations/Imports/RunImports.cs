using System.Text.Json;
using Microsoft.Extensions.Logging;
using Pamps.Core;
using Pamps.Core.Archives;
using Pamps.Core.Databases;
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
    ILogger<RunImports> logger
) : IJobHandler
{
    /// <summary>How many times one is begun.</summary>
    private const int MostAttempts = 5;

    public string Kind => OrderImport.JobKind;

    public async Task RunAsync(JobRun run, CancellationToken ct)
    {
        while (await BeginAsync(ct) is { } import)
        {
            await RunAsync(import, ct);
        }
    }

    private async Task<Import?> BeginAsync(CancellationToken ct)
    {
        var begun = await writer.RunAsync<Import?>(
            viewer: null,
            async write =>
            {
                // There are few.
                var spent = await write.ListAsync(
                    new Statement(
                        "UPDATE import SET ended_at = @now, state = @failed, error = @error WHERE ended_at IS NULL AND attempts >= @most RETURNING id, file",
                        ("now", write.Now),
                        ("failed", (short)ImportState.Failed),
                        ("error", "failed"),
                        ("most", MostAttempts)
                    ),
                    row => (Id: row.GetInt64(0), File: row.GetStringOrNull(1))
                );
                foreach (var (id, file) in spent)
                {
                    DropPrivateFile.Ask(write, file);
                    write.Then(new Statement("UPDATE import SET file = NULL WHERE id = @id", ("id", id)));
                }
                var import = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT i.id, i.user_id, u.username, i.kind, i.visibility, i.file
                        FROM import i JOIN "user" u ON u.id = i.user_id
                        WHERE i.ended_at IS NULL AND i.attempts < @most AND {UserSql.IsHere}
                        ORDER BY i.id LIMIT 1{write.Dialect.ForUpdate("i")}
                        """,
                        ("most", MostAttempts)
                    ),
                    row => new Import(
                        row.GetInt64(0),
                        new ImportInto(row.GetInt64(1), row.GetString(2), (Visibility)row.GetInt16(4)),
                        (ImportKind)row.GetInt16(3),
                        row.GetString(5)
                    )
                );
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

    private async Task RunAsync(Import import, CancellationToken ct)
    {
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
                // The disk is full, or the store away: not now, but later.
                throw error.Kind == ErrorKind.Unavailable
                    ? new IOException(error.Message)
                    : new InvalidOperationException(error.Message);
            }
            await EndAsync(import, ImportState.Done, error: null, done.Value, ct);
        }
        // What is not its own fault is tried again, by the job.
        catch (Exception exception)
            when (exception is DatabaseUnavailableException or (IOException and not EndOfStreamException)
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
            // It gets on, so that nobody need give it up, however often servers end meanwhile.
            var told = await writer.RunAsync<int>(
                viewer: null,
                async write =>
                    await write.ExecuteAsync(
                        new Statement(
                            """
                            UPDATE import SET done = @done, total = @total, report = @report, attempts = 1 WHERE id = @id AND ended_at IS NULL
                                AND (SELECT 1 FROM "user" u WHERE u.id = @user_id AND u.suspended_at IS NULL) IS NOT NULL
                            """,
                            ("done", done),
                            ("total", total),
                            ("report", Json(tally)),
                            ("id", import.Id),
                            ("user_id", import.Into.UserId)
                        )
                    ),
                ct
            );
            return told.Value > 0;
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
            var copy = files.NewUpload();
            await stored.CopyToAsync(copy, ct);
            await copy.FlushAsync(ct);
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
            write =>
            {
                write.Then(
                    // One that was cancelled stays so.
                    new Statement(
                        """
                        UPDATE import SET state = CASE WHEN ended_at IS NULL THEN @state ELSE state END,
                            error = CASE WHEN ended_at IS NULL THEN @error ELSE error END,
                            ended_at = COALESCE(ended_at, @now), file = NULL, report = COALESCE(@report, report)
                        WHERE id = @id
                        """,
                        ("state", (short)state),
                        ("error", error),
                        ("now", write.Now),
                        ("report", tally is null ? null : Json(tally)),
                        ("id", import.Id)
                    )
                );
                DropPrivateFile.Ask(write, import.File);
                return Task.FromResult<Result<Done>>(new Done());
            },
            ct
        );

    private static string Json(Tally tally) =>
        JsonSerializer.Serialize(tally.ToReport(), ImportReportJson.Kept.ImportReport);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The import {ImportId} ended: {Reason}")]
    private partial void LogFailed(long importId, string reason);

    private sealed record Import(long Id, ImportInto Into, ImportKind Kind, string File);
}
