using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Users;

/// <summary>A field that a change may leave alone: absent is not the same as null, which clears it.</summary>
/// <param name="IsGiven">Whether the change speaks of the field.</param>
/// <param name="Value">The new value.</param>
public readonly record struct Optional<T>(bool IsGiven, T? Value)
{
    /// <summary>A field that is changed.</summary>
    public static implicit operator Optional<T>(T? value) => new(true, value);
}

/// <summary>Changes what a person says of themselves.</summary>
public sealed class EditProfile
{
    private readonly Writer writer;
    private readonly Sql sql;

    internal EditProfile(Writer writer, Sql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>
    /// Changes the given fields of the viewer's profile and answers with all of it. Refused when one breaks its rule.
    /// </summary>
    /// <param name="viewer">Whose profile.</param>
    /// <param name="avatar">An https URL of at most 2048 characters on a public host; null takes it away.</param>
    /// <param name="bio">At most 500 characters; null takes it away.</param>
    /// <param name="locked">Whether who wants to follow has to ask; null to leave it. Requests that stand go on waiting.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<OwnProfileView>> RunAsync(
        Viewer viewer,
        Optional<string> avatar,
        Optional<string> bio,
        bool? locked,
        CancellationToken cancellationToken
    )
    {
        var errors = new FieldErrors();
        var newAvatar = errors.Take("avatar", Profiles.CheckAvatar(avatar.Value));
        var newBio = errors.Take("bio", Profiles.CheckBio(bio.Value));
        if (errors.Any(out var error))
        {
            return error;
        }

        var edited = await writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var user = await write.FirstAsync(
                    new Statement(
                        """
                        UPDATE "user" SET avatar = CASE WHEN @has_avatar THEN @avatar ELSE avatar END,
                            bio = CASE WHEN @has_bio THEN @bio ELSE bio END,
                            locked = CASE WHEN @has_locked THEN @locked ELSE locked END
                        WHERE id = @id RETURNING username, bio
                        """,
                        ("has_avatar", avatar.IsGiven),
                        ("avatar", newAvatar),
                        ("has_bio", bio.IsGiven),
                        ("bio", newBio),
                        ("has_locked", locked is not null),
                        ("locked", locked ?? false),
                        ("id", viewer.Id)
                    ),
                    row => new Edited(row.GetString(0), row.GetStringOrNull(1))
                );
                if (user is null)
                {
                    return Error.NotSignedIn;
                }
                write.Record(new ProfileEdited(viewer.Id, user.Username, user.Bio));
                return new Done();
            },
            cancellationToken
        );
        return edited.IsRefused(out error)
            ? error
            : await ReadProfile.OwnFromAsync(sql, viewer, cancellationToken);
    }

    private sealed record Edited(string Username, string? Bio);
}
