using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>What a person gives to register.</summary>
/// <param name="Email">An e-mail address, at most 254 characters; unique, ignoring case.</param>
/// <param name="Username">2 to 30 of A-Z a-z 0-9 _, beginning with a letter; unique, ignoring case.</param>
/// <param name="Password">As long as the settings ask for, at most 256 characters.</param>
/// <param name="Avatar">An absolute http(s) URL of at most 2048 characters, or null.</param>
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
    /// <summary>When the account was made, where it comes from elsewhere; now, unless said.</summary>
    internal DateTime? Since { get; init; }

    /// <summary>Leaves the password and the address out of logs and messages.</summary>
    public override string ToString() => $"{nameof(NewUser)} {Username}";
}

/// <summary>Registers a user.</summary>
public sealed class CreateUser
{
    private readonly Writer writer;
    private readonly IPasswords passwords;
    private readonly PasswordRules rules;

    internal CreateUser(Writer writer, IPasswords passwords, PasswordRules rules) =>
        (this.writer, this.passwords, this.rules) = (writer, passwords, rules);

    /// <summary>Makes the account. Refused when a field breaks its rule, or a name or address is taken.</summary>
    /// <param name="viewer">Who asks; null for somebody who registers. Only a superuser makes a superuser.</param>
    /// <param name="input">What the account is to be.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<UserView>> RunAsync(
        Viewer? viewer,
        NewUser input,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    )
    {
        if (input.Superuser && viewer is not { Superuser: true })
        {
            return Error.SuperuserOnly;
        }
        var errors = new FieldErrors();
        var email = errors.Take("email", Names.CheckEmail(input.Email));
        var username = errors.Take("username", Names.CheckUsername(input.Username));
        var password = errors.Take(
            "password",
            rules.Check("password", input.Password, input.Username, input.Email)
        );
        var avatar = errors.Take("avatar", Profiles.CheckAvatar(input.Avatar));
        var bio = errors.Take("bio", Profiles.CheckBio(input.Bio));
        if (errors.Any(out var error))
        {
            return error;
        }

        // Hashing is dear: who is refused, or has an answer already, is told without.
        var isFree = false;
        var found = await RunAsync(hash: null);
        return isFree
            ? await RunAsync(await passwords.HashForRegistrationAsync(password!, cancellationToken))
            : found;

        Task<Result<UserView>> RunAsync(string? hash) =>
            writer.RunAsync<UserView>(
                viewer: null,
                key,
                async write =>
                {
                    isFree = false;
                    var (usernameKey, emailKey) = (Names.Key(username!), Names.Key(email!));
                    var (isNameTaken, isEmailTaken) = await write.FirstAsync(
                        new Statement(
                            """
                            SELECT EXISTS (SELECT 1 FROM "user" u WHERE u.username_key = @username_key),
                                EXISTS (SELECT 1 FROM "user" u WHERE u.email_key = @email_key)
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
                        return new Error(ErrorKind.Conflict, "email_taken", "Email already registered");
                    }
                    if (hash is null)
                    {
                        // A refusal, which nobody is told, so that this run changes nothing.
                        isFree = true;
                        return Error.UserNotFound;
                    }
                    var id = write.NewId();
                    write.Then(
                        new Statement(
                            """
                            INSERT INTO "user" (id, username, username_key, email, email_key, password, avatar, bio, superuser,
                                active, created_at, posts_count, followers_count, following_count, notifications_read)
                            VALUES (@id, @username, @username_key, @email, @email_key, @password, @avatar, @bio, @superuser,
                                @active, @created_at, 0, 0, 0, 0)
                            """,
                            ("id", id),
                            ("username", username),
                            ("username_key", usernameKey),
                            ("email", email),
                            ("email_key", emailKey),
                            ("password", hash),
                            ("avatar", avatar),
                            ("bio", bio),
                            ("superuser", input.Superuser),
                            ("active", true),
                            ("created_at", input.Since ?? write.Now)
                        )
                    );
                    write.Record(new AccountMade(id, username!, bio));
                    return new UserView(id, username!, avatar, bio);
                },
                cancellationToken
            );
    }
}
