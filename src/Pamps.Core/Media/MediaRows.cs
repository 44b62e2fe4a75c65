using System.Data.Common;
using Pamps.Core.Databases;
using Pamps.Core.Writes;

namespace Pamps.Core.Media;

/// <summary>The rows of pictures: how they are read, and all that goes with them.</summary>
/// <remarks>Whoever wants a picture locks its owner and then the picture, so that nobody waits in a circle.</remarks>
internal static class MediaRows
{
    /// <summary>The condition that nothing shows the picture <c>m</c>.</summary>
    public const string IsFree = "m.post_id IS NULL AND m.profile IS NULL";

    public static readonly string Columns = ColumnsOf("m");

    /// <summary>How many those are.</summary>
    public const int Count = 11;

    /// <summary>The columns of a picture that the statement calls otherwise.</summary>
    public static string ColumnsOf(string media) =>
        string.Join(
            ", ",
            new[]
            {
                "id",
                "kind",
                "file",
                "preview",
                "width",
                "height",
                "blurhash",
                "description",
                "focus_x",
                "focus_y",
                "duration_ms",
            }.Select(x => $"{media}.{x}")
        );

    public static MediaView Read(DbDataReader row) => ReadAt(row, 0);

    /// <summary>Reads a picture whose columns begin there.</summary>
    public static MediaView ReadAt(DbDataReader row, int first) =>
        new(
            Id: row.GetInt64(first),
            Kind: StoredKind.Read((MediaKind)row.GetInt16(first + 1), row.GetString(first + 2)),
            File: row.GetString(first + 2),
            Preview: row.GetString(first + 3),
            Width: row.GetInt32(first + 4),
            Height: row.GetInt32(first + 5),
            Blurhash: row.GetString(first + 6),
            Description: row.GetStringOrNull(first + 7),
            FocusX: row.GetInt16(first + 8),
            FocusY: row.GetInt16(first + 9),
            DurationMs: row.GetInt32OrNull(first + 10)
        );

    /// <summary>
    /// Leaves it to the commit to take pictures away, with the bytes that they counted for, and to have their files looked at. They,
    /// or their post, are locked.
    /// </summary>
    /// <param name="write">The operation's.</param>
    /// <param name="ownerId">Whose they all are.</param>
    /// <param name="condition">Which rows <c>m</c>; trusted.</param>
    /// <param name="parameters">What the condition names.</param>
    public static void Drop(
        Write write,
        long ownerId,
        string condition,
        params (string, object?)[] parameters
    )
    {
        (string, object?)[] all = [.. parameters, ("owner", ownerId), ("now", write.Now)];
        write.Then(
            new[] { "file", "preview" }.Select(x => new Statement(
                // One that is about to be written, or removed, has its moment.
                $"UPDATE media_file SET unused_since = @now WHERE unused_since IS NULL AND {write.Dialect.IsAmong("name", $"SELECT m.{x} FROM media m WHERE {condition}")}",
                all
            ))
        );
        write.Then(
            new Statement(
                $"""
                UPDATE account SET media_bytes = media_bytes - (SELECT COALESCE(SUM(m.bytes), 0) FROM media m WHERE {condition})
                WHERE user_id = @owner
                """,
                all
            ),
            new Statement(
                $"DELETE FROM media WHERE {write.Dialect.IsAmong("id", $"SELECT m.id FROM media m WHERE {condition}")}",
                all
            )
        );
        DropFiles.Ask(write);
    }
}
