using Microsoft.EntityFrameworkCore;
using Pamps.Core.Results;
using Pamps.Core.Search;
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
    private readonly IWriteGate writes;
    private readonly SearchIndex search;
    private readonly ReadProfile readProfile;

    internal EditProfile(IWriteGate writes, SearchIndex search, ReadProfile readProfile) =>
        (this.writes, this.search, this.readProfile) = (writes, search, readProfile);

    /// <summary>
    /// Changes the given fields of the viewer's profile and answers with all of it. Refused when one breaks its rule.
    /// </summary>
    /// <param name="viewer">Whose profile.</param>
    /// <param name="avatar">An absolute http(s) URL of at most 2048 characters; null takes it away.</param>
    /// <param name="bio">At most 500 characters; null takes it away.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<OwnProfileView>> RunAsync(
        Viewer viewer,
        Optional<string> avatar,
        Optional<string> bio,
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

        var edited = await writes.RunAsync<Done>(
            async (db, ct) =>
            {
                var user = await db.Users.SingleOrDefaultAsync(x => x.Id == viewer.Id && x.Active, ct);
                if (user is null)
                {
                    return Error.NotSignedIn;
                }
                user.Avatar = avatar.IsGiven ? newAvatar : user.Avatar;
                user.Bio = bio.IsGiven ? newBio : user.Bio;
                await db.SaveChangesAsync(ct);
                await search.IndexUserAsync(db, user.Id, user.Username, user.Bio, isNew: false, ct);
                return new Done();
            },
            cancellationToken
        );
        return edited.IsRefused(out error)
            ? error
            : await readProfile.RunForOneselfAsync(viewer, cancellationToken);
    }
}
