using System.Globalization;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Applications;

/// <summary>Lets a program in: it then asks for its token with a code.</summary>
public sealed class AllowApplication
{
    private readonly Writer writer;

    internal AllowApplication(Writer writer) => this.writer = writer;

    /// <summary>
    /// Opens a login for the program, whose token it has not yet. Whatever ends the viewer's logins ends it. Refused when the viewer's own
    /// login has ended meanwhile, and when the program has gone.
    /// </summary>
    /// <param name="viewer">Who lets it in.</param>
    /// <param name="code">What it is allowed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<Done>> RunAsync(
        Viewer viewer,
        AllowedCode code,
        CancellationToken cancellationToken
    ) =>
        // Not counted: an account has so many logins at most.
        writer.RunAsync<Done>(
            viewer,
            allowance: null,
            key: null,
            async write =>
            {
                // A change of password or a suspension at the same moment either sees this login and ends it, or is seen here.
                write.LockUser(viewer.Id);
                var name = await write.FirstAsync(
                    new Statement(
                        $"""
                        SELECT p.name FROM application p WHERE p.id = @application
                        AND EXISTS (SELECT 1 FROM login l WHERE l.id = @login AND l.user_id = @user AND l.expires_at > @now)
                        {write.Dialect.ForKeyShare("p")}
                        """,
                        ("application", code.ApplicationId),
                        ("login", viewer.LoginId),
                        ("user", viewer.Id),
                        ("now", write.Now)
                    ),
                    row => row.GetString(0)
                );
                if (name is null)
                {
                    return Error.NotSignedIn;
                }
                var loginId = write.NewId();
                write.Then(LoginSql.Open(write, loginId, viewer.Id, refreshJti: "", code.ExpiresAt, name));
                write.Then(
                    new Statement(
                        """
                        INSERT INTO application_grant
                            (id, application_id, login_id, scopes, code_hash, redirect_uri, code_challenge, created_at)
                        VALUES (@id, @application, @login, @scopes, @code_hash, @redirect_uri, @challenge, @now)
                        """,
                        ("id", write.NewId()),
                        ("application", code.ApplicationId),
                        ("login", loginId),
                        ("scopes", string.Join(' ', code.Scopes)),
                        ("code_hash", code.CodeHash),
                        ("redirect_uri", code.RedirectUri),
                        ("challenge", code.Challenge),
                        ("now", write.Now)
                    ),
                    // While it is let in, the sweep puts this off again and again.
                    ApplicationTokens.Keep(write, code.ApplicationId)
                );
                write.Audit(
                    SecurityEvent.By(
                        viewer,
                        SecurityEventKinds.ApplicationAllowed,
                        viewer.Id,
                        code.ApplicationId.ToString(CultureInfo.InvariantCulture)
                    )
                );
                return new Done();
            },
            cancellationToken
        );
}
