using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>What of its owner's profile a picture is. The numbers are in the database.</summary>
internal enum ProfilePart : short
{
    /// <summary>The picture beside the name, wherever that is.</summary>
    Avatar = 1,

    /// <summary>The wide one above the profile.</summary>
    Header = 2,
}

/// <summary>
/// The pictures of profiles. One is its owner's alone and in no post; it goes when another takes its place, when it is taken away, and
/// with the account.
/// </summary>
internal static class ProfileMedia
{
    /// <summary>The join by which the user <c>u</c> has the columns of the header, from <c>h</c>.</summary>
    public static readonly string WithHeader =
        $"LEFT JOIN media h ON h.user_id = u.id AND h.profile = {(short)ProfilePart.Header}";

    /// <summary>
    /// Locks the viewer's pictures of these ids before the first look. Their user is locked before: whoever wants a picture, for a post
    /// too, locks in that order, so that nobody waits in a circle.
    /// </summary>
    public static void Lock(Write write, params IEnumerable<long> ids)
    {
        var wanted = ids.ToList();
        if (wanted.Count > 0)
        {
            write.Before(
                write.Dialect.Lock(
                    $"""
                    SELECT 1 FROM media m WHERE {write.Dialect.IsOneOf(
                        "m.id",
                        "wanted"
                    )} AND m.user_id = @viewer
                    ORDER BY m.id{write.Dialect.ForUpdate("m")}
                    """,
                    write.Dialect.Ids("wanted", wanted),
                    ("viewer", write.Viewer.Id)
                )
            );
        }
    }

    /// <summary>
    /// The viewer's picture of that id, which is locked: refused when it is somebody else's, gone, no picture, in a post, or another part of the profile.
    /// </summary>
    /// <param name="write">The owner's.</param>
    /// <param name="part">What it is to be.</param>
    /// <param name="field">The field that is to blame.</param>
    /// <param name="id">The picture.</param>
    public static async Task<Result<MediaView>> TakeAsync(
        Write write,
        ProfilePart part,
        string field,
        long id
    )
    {
        var found = await write.FirstAsync(
            new Statement(
                $"""
                SELECT {MediaRows.Columns} FROM media m
                WHERE m.id = @media AND m.user_id = @viewer AND m.post_id IS NULL
                    AND (m.profile IS NULL OR m.profile = @part)
                """,
                ("media", id),
                ("viewer", write.Viewer.Id),
                ("part", (short)part)
            ),
            MediaRows.Read
        );
        return found is null or { IsRecording: true } ? MediaErrors.NotForProfile(field) : found;
    }

    /// <summary>Leaves it to the commit that this picture, or none, is that part of its owner's profile. Their user is locked.</summary>
    public static void Set(Write write, long ownerId, ProfilePart part, MediaView? media)
    {
        // The one before goes first: there is never more than one.
        MediaRows.Drop(
            write,
            ownerId,
            "m.user_id = @owner AND m.profile = @part AND m.id <> @kept",
            ("part", (short)part),
            ("kept", media?.Id ?? 0)
        );
        if (media is not null)
        {
            write.Then(
                new Statement(
                    "UPDATE media SET profile = @part WHERE id = @id",
                    ("part", (short)part),
                    ("id", media.Id)
                )
            );
        }
    }
}
