using System.Text;
using Pamps.Core;
using Pamps.Core.Archives;
using Pamps.Core.Blocks;
using Pamps.Core.Follows;
using Pamps.Core.Mutes;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;

namespace Pamps.Operations.Imports;

/// <summary>
/// Takes in a list of accounts as Mastodon writes them: an account a line, before the first comma; or one of addresses of posts. Those of this
/// server are followed, blocked, muted or bookmarked as their owner would by hand, with all rules and limits of that; the others are counted.
/// </summary>
internal sealed class ImportList(
    FollowUser follow,
    BlockUser block,
    MuteUser mute,
    ImportBookmarks bookmarks,
    PampsOptions options
)
{
    /// <summary>More than anybody follows.</summary>
    private const int MostLines = 100_000;

    private const int LongestLine = 1_000;

    /// <summary>How many are looked at between two words of it.</summary>
    private const int Step = 50;

    /// <summary>Takes in what is in a list.</summary>
    /// <param name="into">Whose list.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="list">The list, as text in UTF-8.</param>
    /// <param name="tellAsync">Told how many were looked at, of how many, and what came of them; says whether to go on.</param>
    /// <param name="ct">Stops between two.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public async Task<Result<Tally>> RunAsync(
        ImportInto into,
        ImportKind kind,
        Stream list,
        Func<long, long, Tally, Task<bool>> tellAsync,
        CancellationToken ct
    )
    {
        var lines = await LinesAsync(list, ct);
        var tally = new Tally("csv", into.Before);
        var viewer = new Viewer(into.UserId, into.Username, Superuser: false, LoginId: 0);
        for (var i = 0; i < lines.Count; i++)
        {
            if (i % Step == 0 && !await tellAsync(i, lines.Count, tally))
            {
                return tally;
            }
            var fields = lines[i].Split(',');
            string reason;
            var name =
                kind == ImportKind.Bookmarks
                    ? bookmarks.LocalPostIn(lines[i], out reason)
                    : LocalNameIn(fields[0], out reason);
            if (name is null)
            {
                tally.Leave(reason, kind == ImportKind.Bookmarks ? lines[i] : fields[0]);
                continue;
            }
            var done = await DoAsync(viewer, kind, name, fields, ct);
            if (!done.IsRefused(out var error))
            {
                (tally.Made, tally.Here) = done.Value
                    ? (tally.Made + 1, tally.Here)
                    : (tally.Made, tally.Here + 1);
                continue;
            }
            switch (error.Kind)
            {
                case ErrorKind.NotFound:
                    tally.Leave("not_here", name);
                    break;
                case ErrorKind.Forbidden:
                    tally.Leave("blocked", name);
                    break;
                case ErrorKind.Invalid:
                    tally.Leave("oneself", name);
                    break;
                case ErrorKind.TooMany:
                    // The next import goes on from here.
                    tally.Leave("limit", name, lines.Count - i);
                    await tellAsync(lines.Count, lines.Count, tally);
                    return tally;
                default:
                    return error;
            }
        }
        await tellAsync(lines.Count, lines.Count, tally);
        return tally;
    }

    /// <summary>Whether it was not so before.</summary>
    private async Task<Result<bool>> DoAsync(
        Viewer viewer,
        ImportKind kind,
        string name,
        string[] fields,
        CancellationToken ct
    ) =>
        kind switch
        {
            ImportKind.Follows => (await follow.RunAsync(viewer, name, key: null, ct)).Map(x => x.IsNew),
            ImportKind.Bookmarks => await bookmarks.RunAsync(viewer, name, ct),
            ImportKind.Blocks => (await block.RunAsync(viewer, name, key: null, ct)).Map(x => x.IsNew),
            _ => (
                await mute.RunAsync(
                    viewer,
                    name,
                    duration: null,
                    notifications: fields.Length < 2 || fields[1].Trim() is not ("false" or "False" or "0"),
                    key: null,
                    ct
                )
            ).Map(x => x.IsNew),
        };

    private static async Task<List<string>> LinesAsync(Stream list, CancellationToken ct)
    {
        var lines = new List<string>();
        using var reader = new StreamReader(
            list,
            new UTF8Encoding(false, throwOnInvalidBytes: true),
            leaveOpen: true
        );
        var (line, buffer, isTooLong) = (new StringBuilder(), new char[4096], false);
        try
        {
            while (await reader.ReadAsync(buffer, ct) is > 0 and var read)
            {
                foreach (var letter in buffer.AsMemory(0, read).ToArray())
                {
                    if (letter != '\n')
                    {
                        isTooLong |= line.Length == LongestLine || letter == '\0';
                        if (isTooLong)
                        {
                            throw new InvalidDataException("It is no list.");
                        }
                        line.Append(letter);
                        continue;
                    }
                    Take();
                }
            }
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException("It is no text.", exception);
        }
        Take();
        return lines;

        void Take()
        {
            var text = line.ToString().Trim().Trim('"');
            line.Clear();
            // Some lists say in their first line what is in which column.
            if (
                text.Length > 0
                && !(
                    lines.Count == 0 && text.StartsWith("Account address", StringComparison.OrdinalIgnoreCase)
                )
            )
            {
                if (lines.Count == MostLines)
                {
                    throw new InvalidDataException("There is too much in it.");
                }
                lines.Add(text);
            }
        }
    }

    /// <summary>The name of an account of this server; null when it is none.</summary>
    private string? LocalNameIn(string address, out string reason)
    {
        var parts = address.Trim().Trim('"').TrimStart('@').Split('@');
        var host = options.Site.Origin is { } origin ? new Uri(origin).Authority : null;
        reason = "elsewhere";
        if (
            parts.Length > 2
            || (parts.Length == 2 && !string.Equals(parts[1], host, StringComparison.OrdinalIgnoreCase))
        )
        {
            return null;
        }
        reason = "damaged";
        return UserName.IsName(parts[0]) ? parts[0] : null;
    }
}
