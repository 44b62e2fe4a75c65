using System.Net;
using Pamps.Core.Audit;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>What a person gives to register.</summary>
/// <param name="Email">An e-mail address, at most 254 characters; unique, ignoring case.</param>
/// <param name="Username">2 to 30 of A-Z a-z 0-9 _, beginning with a letter; unique, ignoring case.</param>
/// <param name="Password">As long as the settings ask for, at most 256 characters.</param>
/// <param name="Avatar">An https URL of at most 2048 characters on a public host, or null.</param>
/// <param name="Bio">At most 500 characters, or null.</param>
/// <param name="Superuser">Whether the account is a superuser's.</param>
public sealed record NewUser(
    string? Email,
    string? Username,
    string? Password,
    string? Avatar = null,
    string? Bio = null,
    bool Superuser = false
)
{
    /// <summary>The code of the invitation that they register with; null for none.</summary>
    public string? Invitation { get; init; }

    /// <summary>Why they want an account, where a moderator approves who registers; at most <see cref="Registration.MaxLength"/> characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Where they come from; null where that is not known, or nobody is asked.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>What stands in a field of the form that people do not see; they leave it empty.</summary>
    public string? Trap { get; init; }

    /// <summary>How long the form was open, where a form says so.</summary>
    public TimeSpan? FilledIn { get; init; }

    /// <summary>The language of mails to them, as <see cref="Viewer.Language"/>.</summary>
    public string? Language { get; init; }

    /// <summary>When the account was made, where it comes from elsewhere; now, unless said.</summary>
    internal DateTime? Since { get; init; }

    /// <summary>The name that they give themselves, where it comes from elsewhere; people choose one when they have an account.</summary>
    internal string? DisplayName { get; init; }

    /// <summary>What else they show of themselves, likewise; it was checked.</summary>
    internal IReadOnlyList<ProfileField>? Fields { get; init; }

    /// <summary>The hash of their password, where it comes from elsewhere: then <see cref="Password"/> is not needed.</summary>
    internal string? PasswordHash { get; init; }

    /// <summary>Leaves the password, the address, the reason and the invitation out of logs and messages.</summary>
    public override string ToString() => $"{nameof(NewUser)} {Username}";
}

/// <summary>Registers a user.</summary>
public sealed class CreateUser
{
    /// <summary>
    /// How many of a network wait for their hashes: more than a class that registers together, and a fifth of those who can wait.
    /// </summary>
    private const int MostAtOnce = 40;

    private static readonly Error NetworkBlocked = new(
        ErrorKind.Forbidden,
        "network_blocked",
        "Nobody registers from this network"
    );

    private static readonly Error NotTaken = new(
        ErrorKind.Forbidden,
        "registration_not_taken",
        "This registration was not taken; try again in a moment"
    );

    private readonly Writer writer;
    private readonly Sql sql;
    private readonly Quotas quotas;
    private readonly IPasswords passwords;
    private readonly PasswordRules rules;
    private readonly InvitationCodes codes;
    private readonly NeededEmail needed;
    private readonly SiteOptions site;
    private readonly ModerationOptions moderation;
    private readonly AtOnce hashing = new();

    internal CreateUser(
        Writer writer,
        Sql sql,
        Quotas quotas,
        IPasswords passwords,
        PasswordRules rules,
        InvitationCodes codes,
        NeededEmail needed,
        PampsOptions options
    )
    {
        (this.writer, this.sql, this.quotas, this.passwords) = (writer, sql, quotas, passwords);
        (this.rules, this.codes, this.needed) = (rules, codes, needed);
        (site, moderation) = (options.Site, options.Moderation);
    }

    /// <summary>
    /// Makes the account. Refused when a field breaks its rule, a name or address is taken, enough were made from there for now, or
    /// who registers lacks an invitation or a reason that the site wants, comes from a network that it blocks, or is a simple program. Without an invitation, where the site wants them approved, the
    /// account waits for that: nobody sees it, and nobody signs in to it.
    /// Asked again with the same key, it answers with the user as they now are, and refuses when the account was deleted.
    /// </summary>
    /// <param name="viewer">Who asks; null for somebody who registers. Only a superuser makes a superuser.</param>
    /// <param name="input">What the account is to be.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="network">
    /// Where it comes from: a keyed hash of the address's network, below zero; null where that is not limited.
    /// </param>
    /// <param name="origin">Where it comes from, for the security log: as <see cref="Viewer.Network"/>.</param>
    public async Task<Result<UserView>> RunAsync(
        Viewer? viewer,
        NewUser input,
        IdempotencyKey? key,
        CancellationToken cancellationToken,
        long? network = null,
        string? origin = null
    )
    {
        if (input.Superuser && viewer is not { Superuser: true })
        {
            return Error.SuperuserOnly;
        }
        if (viewer is null && moderation.BlocksFrom(input.Address))
        {
            return NetworkBlocked;
        }
        // The same for both, so that who writes such programs does not learn which it was.
        if (
            !string.IsNullOrEmpty(input.Trap)
            || input.FilledIn is { } filledIn && filledIn < TimeSpan.FromSeconds(moderation.FormSeconds)
        )
        {
            return NotTaken;
        }
        var errors = new FieldErrors();
        var email = errors.Take("email", Names.CheckEmail(input.Email, viewer, moderation));
        var username = errors.Take("username", Names.CheckUsername(input.Username, viewer, moderation));
        var password = errors.Take(
            "password",
            input.PasswordHash is { } kept
                ? kept
                : rules.Check("password", input.Password, input.Username, input.Email)
        );
        var avatar = errors.Take("avatar", Profiles.CheckAvatar(input.Avatar));
        var bio = errors.Take("bio", Profiles.CheckBio(input.Bio));
        var waits = viewer is null && site.IsByApproval && string.IsNullOrEmpty(input.Invitation);
        var reason = waits ? errors.Take("reason", Registration.CheckReason(input.Reason)) : null;
        var displayName = errors.Take("display_name", Profiles.CheckDisplayName(input.DisplayName));
        if (errors.Any(out var error))
        {
            return error;
        }

        if (input.PasswordHash is not null)
        {
            return await RunAsync(input.PasswordHash);
        }
        // Hashing is dear: who is refused, or has an answer already, is told without.
        var isFree = false;
        var found = await RunAsync(hash: null);
        if (!isFree)
        {
            return found;
        }
        if (!hashing.TryEnter(network, MostAtOnce))
        {
            return Allowance.TooManyRegistrations;
        }
        string hash;
        try
        {
            hash = await passwords.HashForRegistrationAsync(password!, cancellationToken);
        }
        finally
        {
            hashing.Leave(network);
        }
        return await RunAsync(hash);

        async Task<Result<UserView>> RunAsync(string? hash)
        {
            var written = await writer.RunAsync<Written<UserView>>(
                viewer: null,
                quotas.OfRegistrations(network),
                key,
                async write =>
                {
                    isFree = false;
                    var invitation = new InvitationSql.Used(null, null);
                    if (viewer is null)
                    {
                        var taken = await InvitationSql.TakeAsync(write, input.Invitation, codes, site);
                        if (taken.IsRefused(out var notInvited))
                        {
                            return notInvited;
                        }
                        invitation = taken.Value;
                    }
                    var (usernameKey, emailKey) = (Names.Key(username!), Names.Key(email!));
                    // The operator may give away the name of somebody who has left.
                    var isOperator = viewer == Viewer.Operator;
                    var isTaken =
                        UserSql.HasName("@username_key") + (isOperator ? $" AND {UserSql.IsHere}" : "");
                    var (isNameTaken, isEmailTaken) = await write.FirstAsync(
                        new Statement(
                            $"""
                            SELECT EXISTS (SELECT 1 FROM "user" u WHERE {isTaken}),
                                EXISTS (SELECT 1 FROM account a WHERE a.email_key = @email_key)
                            """,
                            ("username_key", usernameKey),
                            ("email_key", emailKey)
                        ),
                        row => (row.GetBoolean(0), row.GetBoolean(1))
                    );
                    if (isNameTaken)
                    {
                        return new Error(ErrorKind.Conflict, "username_taken", "Username already taken");
                    }
                    if (isEmailTaken)
                    {
                        return Error.EmailTaken;
                    }
                    if (write.Exceeded is { } tooMany)
                    {
                        return tooMany;
                    }
                    if (hash is null)
                    {
                        // A refusal, which nobody is told, so that this run changes nothing.
                        isFree = true;
                        return Error.UserNotFound;
                    }
                    if (isOperator)
                    {
                        write.Then(UserSql.TakeName(usernameKey));
                    }
                    var id = write.NewId();
                    write.Then(
                        new Statement(
                            """
                            INSERT INTO "user" (id, username, username_key, display_name, avatar, bio, fields, created_at, posts_count,
                                followers_count, following_count, suspended_at, erase_at)
                            VALUES (@id, @username, @username_key, @display_name, @avatar, @bio, @fields, @created_at, 0, 0, 0,
                                @suspended_at, @erase_at)
                            """,
                            ("id", id),
                            ("username", username),
                            ("username_key", usernameKey),
                            ("display_name", displayName),
                            ("avatar", avatar),
                            ("bio", bio),
                            ("fields", FieldsJson.Of(input.Fields).Json),
                            ("created_at", input.Since ?? write.Now),
                            ("suspended_at", waits ? write.Now : null),
                            ("erase_at", waits ? write.Now.AddDays(Registration.MaxDays) : null)
                        )
                    );
                    if (waits)
                    {
                        write.Then(
                            new Statement(
                                "INSERT INTO registration (user_id, reason, language, created_at) VALUES (@id, @reason, @language, @now)",
                                ("id", id),
                                ("reason", reason),
                                ("language", input.Language),
                                ("now", write.Now)
                            )
                        );
                    }
                    write.Then(
                        new Statement(
                            """
                            INSERT INTO account (user_id, email, email_key, password, superuser, invited_by, email_needed)
                            VALUES (@id, @email, @email_key, @password, @superuser, @invited_by, @email_needed)
                            """,
                            ("id", id),
                            ("email", email),
                            ("email_key", emailKey),
                            ("password", hash),
                            ("superuser", input.Superuser),
                            ("invited_by", invitation.By),
                            ("email_needed", viewer is null && needed.IsAsked)
                        )
                    );
                    if (viewer is null && !waits)
                    {
                        needed.Ask(write, id, email!, hash, input.Language);
                    }
                    if (!waits)
                    {
                        FetchAvatar.Ask(write, id, avatar);
                    }
                    if (invitation.Id is { } used)
                    {
                        write.Then(InvitationSql.Use(used));
                    }
                    write.Record(new AccountMade(id, IndexedWords.OfUser(username!, displayName, bio)));
                    write.Audit(
                        new SecurityEvent(
                            SecurityEventKinds.AccountCreated,
                            id,
                            viewer?.Id,
                            origin,
                            input.Superuser ? SecurityEventKinds.Superuser : null
                        )
                    );
                    return new Written<UserView>(id)
                    {
                        View = new UserView(id, username!, avatar, bio, displayName) { Waits = waits },
                    };
                },
                cancellationToken
            );
            if (written.IsRefused(out var refusal))
            {
                return refusal;
            }
            var user = written.Value.View
                ?? await sql.FirstAsync(
                    $"SELECT {UserRows.Columns}, {UserSql.Waits} FROM \"user\" u WHERE u.id = @id AND {UserSql.IsHere}",
                    row => UserRows.ReadAt(row, 0, isOwn: true) with { Waits = row.GetBoolean(5) },
                    cancellationToken,
                    ("id", written.Value.Id)
                );
            return user is null ? Error.UserNotFound : user;
        }
    }
}
