using System.Globalization;
using Pamps.Core.Databases;
using Pamps.Core.Limits;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core.Filters;

/// <summary>What a filter is to look for.</summary>
/// <param name="Keyword">A word, a phrase or a hashtag.</param>
/// <param name="WholeWord">Whether it is not looked for within longer words.</param>
public sealed record GivenKeyword(string? Keyword, bool WholeWord);

/// <summary>What is to change of a filter; of a new one, what it is to be.</summary>
public sealed record FilterEdit
{
    /// <summary>Its name: 1 to 100 characters, in one line.</summary>
    public Optional<string> Title { get; init; }

    /// <summary>Where it holds, as words: <c>home</c>, <c>notifications</c>, <c>public</c>, <c>thread</c>, <c>account</c>; at least one.</summary>
    public Optional<IReadOnlyList<string?>> Context { get; init; }

    /// <summary><c>warn</c> or <c>hide</c>.</summary>
    public Optional<string> Action { get; init; }

    /// <summary>What it looks for: all that it looked for before is replaced. Of one that stays the id does, too.</summary>
    public Optional<IReadOnlyList<GivenKeyword?>> Keywords { get; init; }

    /// <summary>In how many seconds it ends by itself, 1 to <see cref="EditFilters.MaxDuration"/>; null for not at all.</summary>
    public Optional<long?> ExpiresIn { get; init; }
}

/// <summary>Makes filters, changes them, and takes them away: words that their owner does not want to read.</summary>
public sealed class EditFilters
{
    /// <summary>The most filters that somebody has.</summary>
    public const int Most = 100;

    /// <summary>The most keywords that all of them have together.</summary>
    public const int MostKeywords = 500;

    /// <summary>The most characters of a title, and of a keyword.</summary>
    public const int MaxLength = 100;

    /// <summary>The longest time, in seconds: ten years.</summary>
    public const long MaxDuration = 315_360_000;

    private static readonly Error NotFound = new(ErrorKind.NotFound, "filter_not_found", "Filter not found");

    private static readonly Error NoMore = new(
        ErrorKind.Conflict,
        "no_more_filters",
        string.Create(CultureInfo.InvariantCulture, $"Nobody has more than {Most} filters")
    );

    private static readonly Error NoMoreKeywords = new(
        ErrorKind.Conflict,
        "no_more_keywords",
        string.Create(
            CultureInfo.InvariantCulture,
            $"Nobody's filters have more than {MostKeywords} keywords together"
        )
    );

    private readonly RevokingWriter writer;
    private readonly Sql sql;

    internal EditFilters(RevokingWriter writer, Sql sql) => (this.writer, this.sql) = (writer, sql);

    /// <summary>The viewer's filters, the oldest first, those too that have ended; at most <see cref="Most"/>.</summary>
    public async Task<IReadOnlyList<FilterView>> ListAsync(Viewer viewer, CancellationToken ct) =>
        await sql.ListAsync(FilterRows.AllOf(viewer.Id), FilterRows.Read, ct);

    /// <summary>One of the viewer's filters. Refused when there is none of that id; others' are not found.</summary>
    public async Task<Result<FilterView>> ReadAsync(Viewer viewer, long id, CancellationToken ct) =>
        await sql.FirstAsync(
            $"SELECT {FilterRows.Columns} FROM filter f WHERE f.id = @id AND f.user_id = @viewer",
            FilterRows.Read,
            ct,
            ("id", id),
            ("viewer", viewer.Id)
        )
            is { } found
            ? found
            : NotFound;

    /// <summary>
    /// Makes a filter, which holds at once. Refused when a field breaks its rule, and when the viewer has as many as one may have.
    /// </summary>
    /// <param name="viewer">Whose.</param>
    /// <param name="edit">What it is to be. A title and where it holds are needed; it warns unless told to hide, and has no end unless one is given.</param>
    /// <param name="key">The client's Idempotency-Key, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<FilterView>> CreateAsync(
        Viewer viewer,
        FilterEdit edit,
        IdempotencyKey? key,
        CancellationToken cancellationToken
    )
    {
        var change = FilterChange.Of(edit, isNew: true);
        if (change.IsRefused(out var error))
        {
            return error;
        }
        var made = await writer.RunAsync<Written<FilterView>>(
            viewer,
            Deed.Other,
            key,
            async write =>
            {
                var others = await AllAsync(write);
                if (others.Count >= Most)
                {
                    return NoMore;
                }
                var filter = change.Value.Applied(
                    new FilterView(write.NewId(), "", FilterPlaces.None, FilterAction.Warn, null, []),
                    write
                );
                if (HasTooMany(filter, others))
                {
                    return NoMoreKeywords;
                }
                write.Then(FilterRows.New(filter, viewer.Id), FilterRows.Changed(write, viewer.Id));
                return new Written<FilterView>(filter.Id) { View = filter };
            },
            cancellationToken
        );
        if (made.IsRefused(out error))
        {
            return error;
        }
        return made.Value.View is { } view ? view : await ReadAsync(viewer, made.Value.Id, cancellationToken);
    }

    /// <summary>Changes a filter, and answers with it. Refused as a new one is, and when the viewer has none of that id.</summary>
    public async Task<Result<FilterView>> EditAsync(
        Viewer viewer,
        long id,
        FilterEdit edit,
        CancellationToken cancellationToken
    )
    {
        var change = FilterChange.Of(edit, isNew: false);
        if (change.IsRefused(out var error))
        {
            return error;
        }
        return await writer.RunAsync<FilterView>(
            viewer,
            Deed.Other,
            key: null,
            async write =>
            {
                var all = await AllAsync(write);
                if (all.Find(x => x.Id == id) is not { } filter)
                {
                    return NotFound;
                }
                var changed = change.Value.Applied(filter, write);
                if (HasTooMany(changed, all.Where(x => x.Id != id)))
                {
                    return NoMoreKeywords;
                }
                write.Then(FilterRows.Replace(changed), FilterRows.Changed(write, viewer.Id));
                return changed;
            },
            cancellationToken
        );
    }

    /// <summary>Takes a filter away. Refused when the viewer has none of that id.</summary>
    public Task<Result<Done>> DeleteAsync(Viewer viewer, long id, CancellationToken cancellationToken) =>
        writer.RunAsync<Done>(
            viewer,
            Deed.Other,
            key: null,
            async write =>
            {
                var all = await AllAsync(write);
                if (!all.Exists(x => x.Id == id))
                {
                    return NotFound;
                }
                write.Then(
                    new Statement("DELETE FROM filter WHERE id = @id", ("id", id)),
                    FilterRows.Changed(write, viewer.Id, hasSome: all.Count > 1)
                );
                return new Done();
            },
            cancellationToken
        );

    /// <summary>The viewer's filters; of two changes at once the later sees what the earlier made.</summary>
    private static Task<List<FilterView>> AllAsync(Write write)
    {
        write.LockUser(write.Viewer.Id);
        return write.ListAsync(FilterRows.AllOf(write.Viewer.Id), FilterRows.Read);
    }

    private static bool HasTooMany(FilterView filter, IEnumerable<FilterView> others) =>
        others.Append(filter).Sum(x => x.Keywords.Count) > MostKeywords;
}
