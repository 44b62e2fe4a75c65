using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Applications;

/// <summary>
/// Registers programs, which anybody may (RFC 7591). One that nobody lets in goes after a day, so that it costs nothing to register
/// many.
/// </summary>
public sealed class RegisterApplication
{
    /// <summary>How long one is kept that nobody has let in.</summary>
    private static readonly TimeSpan Unused = TimeSpan.FromDays(1);

    private readonly Writer writer;
    private readonly Quotas quotas;
    private readonly Sql sql;

    internal RegisterApplication(Writer writer, Quotas quotas, Sql sql) =>
        (this.writer, this.quotas, this.sql) = (writer, quotas, sql);

    /// <summary>Registers a program, and answers with its id. Refused when enough were registered from there for now.</summary>
    /// <param name="application">The program.</param>
    /// <param name="network">
    /// Where it comes from: a keyed hash of the address's network, below zero; null where that is not limited.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<long>> RunAsync(
        ApplicationView application,
        long? network,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<long>(
            viewer: null,
            quotas.OfApplications(network),
            key: null,
            write =>
            {
                var id = write.NewId();
                write.Then(
                    new Statement(
                        """
                        INSERT INTO application (id, secret_hash, name, website, redirect_uris, scopes, created_at, expires_at)
                        VALUES (@id, @secret_hash, @name, @website, @redirect_uris, @scopes, @now, @expires_at)
                        """,
                        ("id", id),
                        ("secret_hash", application.SecretHash),
                        ("name", application.Name),
                        ("website", application.Website),
                        ("redirect_uris", string.Join('\n', application.RedirectUris)),
                        ("scopes", string.Join(' ', application.Scopes)),
                        ("now", write.Now),
                        ("expires_at", write.Now + Unused)
                    )
                );
                return Task.FromResult<Result<long>>(id);
            },
            cancellationToken
        );

    /// <summary>The program of that id; null when there is none.</summary>
    public Task<ApplicationView?> FindAsync(long id, CancellationToken cancellationToken) =>
        sql.FirstAsync(
            "SELECT p.id, p.name, p.website, p.redirect_uris, p.scopes, p.secret_hash FROM application p WHERE p.id = @id",
            row => new ApplicationView(
                row.GetInt64(0),
                row.GetString(1),
                row.GetStringOrNull(2),
                row.GetString(3).Split('\n'),
                row.GetString(4).Split(' '),
                row.GetStringOrNull(5)
            ),
            cancellationToken,
            ("id", id)
        );
}
