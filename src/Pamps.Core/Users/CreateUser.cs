using Microsoft.EntityFrameworkCore;
using Pamps.Core.Results;
using Pamps.Core.Search;
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
    private readonly IWriteGate writes;
    private readonly SearchIndex search;
    private readonly IPasswords passwords;
    private readonly PasswordRules rules;
    private readonly Ids ids;
    private readonly TimeProvider time;

    internal CreateUser(
        IWriteGate writes,
        SearchIndex search,
        IPasswords passwords,
        PasswordRules rules,
        Ids ids,
        TimeProvider time
    ) =>
        (this.writes, this.search, this.passwords, this.rules, this.ids, this.time) = (
            writes,
            search,
            passwords,
            rules,
            ids,
            time
        );

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
        var password = errors.Take("password", rules.Check("password", input.Password));
        var avatar = errors.Take("avatar", Profiles.CheckAvatar(input.Avatar));
        var bio = errors.Take("bio", Profiles.CheckBio(input.Bio));
        if (errors.Any(out var error))
        {
            return error;
        }

        var hash = await passwords.HashAsync(password!, cancellationToken);
        var now = time.Now();
        return await writes.RunAsync<UserView>(
            key,
            userId: 0,
            now,
            async (db, ct) =>
            {
                var user = new User
                {
                    Id = ids.Next(),
                    Username = username!,
                    UsernameKey = Names.Key(username!),
                    Email = email!,
                    EmailKey = Names.Key(email!),
                    Password = hash,
                    Avatar = avatar,
                    Bio = bio,
                    Superuser = input.Superuser,
                    Active = true,
                    CreatedAt = input.Since ?? now,
                };
                if (await db.Users.AnyAsync(x => x.UsernameKey == user.UsernameKey, ct))
                {
                    return new Error(ErrorKind.Conflict, "username_taken", "Username already taken");
                }
                if (await db.Users.AnyAsync(x => x.EmailKey == user.EmailKey, ct))
                {
                    return new Error(ErrorKind.Conflict, "email_taken", "Email already registered");
                }
                db.Users.Add(user);
                await db.SaveChangesAsync(ct);
                await search.IndexUserAsync(db, user.Id, user.Username, user.Bio, isNew: true, ct);
                return new UserView(user.Id, user.Username, user.Avatar, user.Bio);
            },
            cancellationToken
        );
    }
}
