using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
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

/// <summary>What is to change of a profile.</summary>
public sealed record ProfileEdit
{
    /// <summary>The name that they give themselves: at most 40 characters, in one line; null takes it away.</summary>
    public Optional<string> DisplayName { get; init; }

    /// <summary>
    /// An https URL of at most 2048 characters on a public host; null takes the avatar away, whatever it was. The path of the picture that
    /// the avatar is leaves it so.
    /// </summary>
    public Optional<string> Avatar { get; init; }

    /// <summary>A picture of theirs that nothing shows, which then is the avatar; null takes the avatar away, whatever it was.</summary>
    public Optional<long?> AvatarMediaId { get; init; }

    /// <summary>A picture of theirs that nothing shows, which then is the header; null takes that away.</summary>
    public Optional<long?> HeaderMediaId { get; init; }

    /// <summary>At most 500 characters; null takes it away.</summary>
    public Optional<string> Bio { get; init; }

    /// <summary>At most four facts; null or none takes them away.</summary>
    public Optional<IReadOnlyList<GivenField?>> Fields { get; init; }

    /// <summary>Whether who wants to follow has to ask; null to leave it. Requests that stand go on waiting.</summary>
    public bool? Locked { get; init; }
}

/// <summary>Changes what a person says of themselves.</summary>
public sealed class EditProfile
{
    private readonly Writer writer;
    private readonly Sql sql;
    private readonly PampsOptions options;

    internal EditProfile(Writer writer, Sql sql, PampsOptions options) =>
        (this.writer, this.sql, this.options) = (writer, sql, options);

    /// <summary>
    /// Changes the given fields of the viewer's profile and answers with all of it. Refused when one breaks its rule.
    /// </summary>
    /// <param name="viewer">Whose profile.</param>
    /// <param name="change">What is to change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<OwnProfileView>> RunAsync(
        Viewer viewer,
        ProfileEdit change,
        CancellationToken cancellationToken
    )
    {
        var errors = new FieldErrors();
        var displayName = errors.Take("display_name", Profiles.CheckDisplayName(change.DisplayName.Value));
        // Who sends all fields back as they were read changes nothing by it.
        var own = change.Avatar.Value is { } given ? MediaFileName.NameIn(given, options.Media.Origin) : null;
        var avatar = errors.Take(
            "avatar",
            own is null ? Profiles.CheckAvatar(change.Avatar.Value) : (string?)null
        );
        errors.Take("avatar_media_id", CheckOneAvatar(change));
        errors.Take("header_media_id", CheckOneUse(change));
        var bio = errors.Take("bio", Profiles.CheckBio(change.Bio.Value));
        var fields = ProfileField.Check(change.Fields.Value);
        if (fields.IsRefused(out var wrong))
        {
            foreach (var (field, what) in wrong.Fields!)
            {
                errors.Add(field, what);
            }
        }
        if (errors.Any(out var error))
        {
            return error;
        }

        var edited = await writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                var pictures = new Pictures(change, own, avatar);
                if (await pictures.SetAsync(write) is { } refusal)
                {
                    return refusal;
                }
                var words = await write.FirstAsync(
                    new Statement(
                        """
                        UPDATE "user" SET display_name = CASE WHEN @has_display_name THEN @display_name ELSE display_name END,
                            avatar = CASE WHEN @has_avatar THEN @avatar ELSE avatar END,
                            bio = CASE WHEN @has_bio THEN @bio ELSE bio END,
                            fields = CASE WHEN @has_fields THEN @fields ELSE fields END,
                            locked = CASE WHEN @has_locked THEN @locked ELSE locked END
                        WHERE id = @id RETURNING username, display_name, bio
                        """,
                        ("has_display_name", change.DisplayName.IsGiven),
                        ("display_name", displayName),
                        ("has_avatar", pictures.HasAvatar),
                        ("avatar", pictures.Avatar),
                        ("has_bio", change.Bio.IsGiven),
                        ("bio", bio),
                        ("has_fields", change.Fields.IsGiven),
                        ("fields", FieldsJson.Of(fields.Value).Json),
                        ("has_locked", change.Locked is not null),
                        ("locked", change.Locked ?? false),
                        ("id", viewer.Id)
                    ),
                    row =>
                        IndexedWords.OfUser(row.GetString(0), row.GetStringOrNull(1), row.GetStringOrNull(2))
                );
                if (words is null)
                {
                    return Error.NotSignedIn;
                }
                write.Record(new ProfileEdited(viewer.Id, words));
                return new Done();
            },
            cancellationToken
        );
        return edited.IsRefused(out error)
            ? error
            : await ReadProfile.OwnFromAsync(sql, viewer, cancellationToken);
    }

    private static Result<Done> CheckOneAvatar(ProfileEdit change) =>
        change.Avatar.Value is not null && change.AvatarMediaId.Value is not null
            ? Error.Invalid(
                "avatar_media_id",
                "one_of_both",
                "An avatar is either an address or a picture that was uploaded: give avatar or avatar_media_id."
            )
            : new Done();

    private static Result<Done> CheckOneUse(ProfileEdit change) =>
        change.HeaderMediaId.Value is { } id && id == change.AvatarMediaId.Value
            ? MediaErrors.NotForProfile("header_media_id")
            : new Done();

    /// <summary>What a change does to the profile's pictures.</summary>
    /// <param name="change">The change, of which the rules were checked.</param>
    /// <param name="own">The file that <c>avatar</c> names, where that is a path at this server.</param>
    /// <param name="address">The address of an avatar elsewhere; or null.</param>
    private sealed class Pictures(ProfileEdit change, string? own, string? address)
    {
        private static readonly string Has = $"""
            SELECT u.avatar,
                EXISTS (SELECT 1 FROM media m WHERE m.user_id = u.id AND m.profile = {(short)
                ProfilePart.Avatar}),
                EXISTS (SELECT 1 FROM media m WHERE m.user_id = u.id AND m.profile = {(short)
                ProfilePart.Header})
            FROM "user" u WHERE u.id = @viewer
            """;

        /// <summary>Whether the avatar is another one from now on, or none.</summary>
        public bool HasAvatar { get; private set; }

        /// <summary>What is kept as the avatar: an address, or the name of a file.</summary>
        public string? Avatar { get; private set; }

        /// <summary>Leaves it to the commit; answers the refusal, if there is one.</summary>
        public async Task<Error?> SetAsync(Write write)
        {
            HasAvatar = change.Avatar.IsGiven || change.AvatarMediaId.IsGiven;
            if (!HasAvatar && !change.HeaderMediaId.IsGiven)
            {
                return null;
            }
            write.LockUser(write.Viewer.Id);
            ProfileMedia.Lock(
                write,
                new[] { change.AvatarMediaId.Value, change.HeaderMediaId.Value }.OfType<long>()
            );
            var was = await write.FirstAsync(new Statement(Has, ("viewer", write.Viewer.Id)), row =>
                (Avatar: row.GetStringOrNull(0), IsOwn: row.GetBoolean(1), HasHeader: row.GetBoolean(2))
            );
            return await SetAvatarAsync(write, was.Avatar, was.IsOwn)
                ?? await SetHeaderAsync(write, was.HasHeader);
        }

        private async Task<Error?> SetAvatarAsync(Write write, string? was, bool isOwn)
        {
            if (change.AvatarMediaId.Value is { } id)
            {
                var taken = await ProfileMedia.TakeAsync(write, ProfilePart.Avatar, "avatar_media_id", id);
                if (taken.IsRefused(out var error))
                {
                    return error;
                }
                ProfileMedia.Set(write, write.Viewer.Id, ProfilePart.Avatar, taken.Value);
                Avatar = taken.Value.Preview;
            }
            else if (own is not null)
            {
                HasAvatar = false;
                return own == was ? null : Profiles.NoAvatar;
            }
            else if (HasAvatar)
            {
                Avatar = address;
                FetchAvatar.Ask(write, write.Viewer.Id, address);
                if (isOwn)
                {
                    ProfileMedia.Set(write, write.Viewer.Id, ProfilePart.Avatar, media: null);
                }
            }
            return null;
        }

        private async Task<Error?> SetHeaderAsync(Write write, bool isThere)
        {
            if (change.HeaderMediaId.Value is { } id)
            {
                var taken = await ProfileMedia.TakeAsync(write, ProfilePart.Header, "header_media_id", id);
                if (taken.IsRefused(out var error))
                {
                    return error;
                }
                ProfileMedia.Set(write, write.Viewer.Id, ProfilePart.Header, taken.Value);
            }
            else if (change.HeaderMediaId.IsGiven && isThere)
            {
                ProfileMedia.Set(write, write.Viewer.Id, ProfilePart.Header, media: null);
            }
            return null;
        }
    }
}
