using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>What people do with the pictures that they have uploaded. To all others there are none.</summary>
public sealed class OwnMedia
{
    /// <summary>The most characters of a description.</summary>
    public const int MaxDescription = 1500;

    /// <summary>The most pictures of a post.</summary>
    public const int MostPerPost = PostMedia.Most;

    private readonly Writer writer;
    private readonly Sql sql;

    internal OwnMedia(Writer writer, Sql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>One of the viewer's pictures.</summary>
    public async Task<Result<MediaView>> ReadAsync(Viewer viewer, long id, CancellationToken ct)
    {
        var media = await sql.FirstAsync(
            $"SELECT {MediaRows.Columns} FROM media m WHERE m.id = @media AND m.user_id = @viewer",
            MediaRows.Read,
            ct,
            ("media", id),
            ("viewer", viewer.Id)
        );
        return media is null ? MediaErrors.NotFound : media;
    }

    /// <summary>
    /// Changes what a picture says of itself; the post that shows it says so from then on. Refused when it is not the viewer's.
    /// </summary>
    /// <param name="viewer">Whose it is.</param>
    /// <param name="id">The picture.</param>
    /// <param name="description">What is to be seen on it; empty for none, null to leave it as it is.</param>
    /// <param name="focus">The point that stays, as <c>x,y</c>; null to leave it as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<MediaView>> ChangeAsync(
        Viewer viewer,
        long id,
        string? description,
        string? focus,
        CancellationToken cancellationToken
    )
    {
        if (Describe(description) is var words && words.IsRefused(out var error))
        {
            return error;
        }
        if (Focus.Parse(focus) is var point && point.IsRefused(out error))
        {
            return error;
        }
        return await writer.RunAsync<MediaView>(
            viewer,
            Deed.Other,
            key: null,
            async write =>
            {
                var found = await FindAsync(write, id);
                if (found is not (var media, var postId, _))
                {
                    return MediaErrors.NotFound;
                }
                var changed = media with
                {
                    Description = description is null ? media.Description : words.Value,
                    FocusX = focus is null ? media.FocusX : point.Value.X,
                    FocusY = focus is null ? media.FocusY : point.Value.Y,
                };
                write.Then(
                    new Statement(
                        "UPDATE media SET description = @description, focus_x = @x, focus_y = @y WHERE id = @id",
                        ("description", changed.Description),
                        ("x", changed.FocusX),
                        ("y", changed.FocusY),
                        ("id", id)
                    )
                );
                if (postId is { } post)
                {
                    await TellPostAsync(write, post, changed);
                }
                return changed;
            },
            cancellationToken
        );
    }

    /// <summary>Deletes a picture. Refused when it is not the viewer's, or a post or the profile shows it.</summary>
    public Task<Result<Done>> DeleteAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            async write =>
            {
                write.LockUser(viewer.Id);
                var found = await FindAsync(write, id);
                if (found is not (_, var postId, var isInProfile))
                {
                    return MediaErrors.NotFound;
                }
                if (postId is not null)
                {
                    return MediaErrors.InUse;
                }
                if (isInProfile)
                {
                    return MediaErrors.InProfile;
                }
                MediaRows.Drop(write, viewer.Id, "m.id = @media", ("media", id));
                return new Done();
            },
            cancellationToken
        );

    /// <summary>The description as it is kept, null for an empty one.</summary>
    internal static Result<string?> Describe(string? description) =>
        string.IsNullOrWhiteSpace(description)
            ? (string?)null
            : PlainText
                .Normalize("description", description, 0, MaxDescription)
                .Map(x => x.Length > 0 ? x : null);

    /// <summary>
    /// The picture, its post, and whether it is in the profile. Locked with all that the post shows, in their order, so that of two changes of one post the later
    /// knows what the earlier said.
    /// </summary>
    private static async Task<(MediaView, long? PostId, bool IsInProfile)?> FindAsync(Write write, long id)
    {
        (string, object?)[] parameters = [("media", id), ("viewer", write.Viewer.Id)];
        const string mine = "m.id = @media AND m.user_id = @viewer";
        write.Before(
            write.Dialect.Lock(
                $"""
                SELECT 1 FROM media o WHERE o.post_id = (SELECT m.post_id FROM media m WHERE {mine})
                ORDER BY o.id{write.Dialect.ForUpdate("o")}
                """,
                parameters
            )
        );
        write.Before(
            write.Dialect.Lock(
                $"SELECT 1 FROM media m WHERE {mine}{write.Dialect.ForUpdate("m")}",
                parameters
            )
        );
        return await write.FirstAsync(
            new Statement(
                $"SELECT {MediaRows.Columns}, m.post_id, m.profile IS NOT NULL FROM media m WHERE {mine}",
                parameters
            ),
            row =>
                ((MediaView, long?, bool)?)
                    (
                        MediaRows.Read(row),
                        row.GetInt64OrNull(MediaRows.Count),
                        row.GetBoolean(MediaRows.Count + 1)
                    )
        );
    }

    private static async Task TellPostAsync(Write write, long postId, MediaView changed)
    {
        var all = await write.ListAsync(
            new Statement(
                $"SELECT {MediaRows.Columns} FROM media m WHERE m.post_id = @post ORDER BY m.place",
                ("post", postId)
            ),
            MediaRows.Read
        );
        write.Then(
            new Statement(
                "UPDATE post SET media = @media WHERE id = @id",
                ("media", MediaJson.Of([.. all.Select(x => x.Id == changed.Id ? changed : x)]).Json),
                ("id", postId)
            )
        );
    }
}
