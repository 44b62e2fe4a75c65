using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Users;
using Pamps.Operations.Maintenance;

namespace Pamps.Operations.Archives;

/// <summary>Into which account an archive goes.</summary>
/// <param name="Username">The account's name; null for the one in the archive.</param>
/// <param name="Email">The address of an account that is made; null for the one in the archive.</param>
/// <param name="Password">The password of an account that is made; needed for that only.</param>
public sealed record ImportTarget(string? Username, string? Email, string? Password)
{
    /// <summary>Leaves the password and the address out of logs and messages.</summary>
    public override string ToString() => $"{nameof(ImportTarget)} {Username}";
}

/// <summary>What an import did.</summary>
/// <param name="Username">The account.</param>
/// <param name="IsNew">Whether it was made.</param>
/// <param name="Posts">Posts that were written; the others of the archive were here.</param>
/// <param name="Likes">Likes that were written.</param>
/// <param name="LikesMissing">Likes of posts that are not here.</param>
/// <param name="Bookmarks">Bookmarks that were written.</param>
/// <param name="BookmarksMissing">Bookmarks of posts that are not here.</param>
/// <param name="Follows">Follows that were written.</param>
/// <param name="FollowsMissing">Follows of people who are not here.</param>
/// <param name="Pictures">Pictures of the posts that were written.</param>
/// <param name="PicturesLeftOut">Pictures of theirs that were left out, by reason.</param>
public sealed record ImportSummary(
    string Username,
    bool IsNew,
    long Posts,
    long Likes,
    long LikesMissing,
    long Bookmarks,
    long BookmarksMissing,
    long Follows,
    long FollowsMissing,
    long Pictures,
    IReadOnlyList<PicturesLeftOut> PicturesLeftOut
);

/// <summary>Takes the archive of an account in: into an account that it makes, or into one that is here.</summary>
/// <remarks>
/// Works in small transactions, so that a server may go on serving meanwhile. Stopped or killed, the same import goes on; run
/// again, it changes nothing. Archives are not signed: what is in one is what whoever gave it says.
/// </remarks>
public sealed class ImportAccount
{
    /// <summary>Small enough that no other writer waits for long.</summary>
    private const int Batch = 200;

    /// <summary>As much as so many posts: pictures take long, and those of a batch that was stopped are drawn again.</summary>
    private const int PictureWeight = 20;

    private readonly CreateUser createUser;
    private readonly Sql sql;
    private readonly ImportPosts posts;
    private readonly ImportPictures pictures;
    private readonly ImportLikes likes;
    private readonly ImportFollows follows;
    private readonly ImportFilters filters;
    private readonly PampsOptions options;
    private readonly TimeProvider time;

    internal ImportAccount(
        CreateUser createUser,
        Sql sql,
        ImportPosts posts,
        ImportPictures pictures,
        ImportLikes likes,
        ImportFollows follows,
        ImportFilters filters,
        PampsOptions options,
        TimeProvider time
    )
    {
        (this.createUser, this.sql) = (createUser, sql);
        (this.posts, this.pictures, this.likes, this.follows) = (posts, pictures, likes, follows);
        (this.filters, this.options, this.time) = (filters, options, time);
    }

    private sealed record Account(long Id, DateTime CreatedAt, string EmailKey);

    /// <summary>
    /// Reads an archive from its beginning to its end. Refused when it is not whole, of another form, or when anything in it
    /// breaks a rule of this server.
    /// </summary>
    /// <param name="input">The archive, which must stay open as long as the answer is used, and be one that can go back.</param>
    /// <param name="progress">Told every 10,000 items.</param>
    /// <param name="ct">Stops.</param>
    public Task<Result<AccountArchive>> VerifyAsync(
        Stream input,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    ) => AccountArchive.VerifyAsync(input, time.Now(), options.Posts.MaxLength, progress, ct);

    /// <summary>
    /// Whether the import must make an account, and so needs a password. Refused as <see cref="RunAsync"/> refuses an account
    /// that is there.
    /// </summary>
    /// <param name="archive">The archive.</param>
    /// <param name="target">Into which account.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Result<bool>> MakesAccountAsync(
        AccountArchive archive,
        ImportTarget target,
        CancellationToken ct
    )
    {
        var found = await FindAsync(archive, target, ct);
        return found.IsRefused(out var error) ? error : found.Value is { Id: 0 };
    }

    /// <summary>
    /// Imports. Refused to all but superusers, and for what <see cref="CreateUser"/> refuses; also when there is an account of
    /// that name which is not known to be the archive's, unless it was named and neither address nor password was given for a
    /// new one. Nothing is changed then.
    /// </summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="archive">The archive.</param>
    /// <param name="target">Into which account.</param>
    /// <param name="progress">Told of each batch.</param>
    /// <param name="ct">Stops between batches.</param>
    public async Task<Result<ImportSummary>> RunAsync(
        Viewer viewer,
        AccountArchive archive,
        ImportTarget target,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(target);
        if (!viewer.Superuser)
        {
            return Error.SuperuserOnly;
        }
        var found = await FindAsync(archive, target, ct);
        if (found.IsRefused(out var error))
        {
            return error;
        }
        var (id, isNew) = (found.Value.Id, found.Value.Id == 0);
        if (isNew)
        {
            var person = archive.Person;
            var made = await createUser.RunAsync(
                viewer,
                new NewUser(
                    target.Email ?? person.Email,
                    target.Username ?? person.Username,
                    target.Password,
                    person.Avatar,
                    person.Bio
                )
                {
                    Since = person.CreatedAt,
                    DisplayName = person.DisplayName,
                    Fields = person.Fields,
                },
                key: null,
                ct
            );
            if (made.IsRefused(out error))
            {
                return error.Code == "email_taken" && target.Email is null
                    ? new Error(
                        error.Kind,
                        error.Code,
                        "Email already registered: the archive's address belongs to an account here. Give the new account another with --email."
                    )
                    : error;
            }
            id = made.Value.Id;
        }
        // What follows computes for long: the caller's thread, which may be a screen's, stays free.
        return await Task.Run(() => FillAsync(archive, target, id, isNew, progress, ct), ct);
    }

    private async Task<Result<ImportSummary>> FillAsync(
        AccountArchive archive,
        ImportTarget target,
        long id,
        bool isNew,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var owner = new ImportOwner(archive.Manifest.Username, id);
        var report = new PictureReport();
        var written = await RunAllAsync(
            "posts",
            archive.Manifest.Posts,
            archive.PostsAsync(ct),
            // All of a millisecond together: within it, posts are told apart.
            (x, next) => Ids.MillisecondOf(x.Id) != Ids.MillisecondOf(next.Id),
            WritePostsAsync,
            x => 1 + (PictureWeight * x.Pictures.Count)
        );
        if (written.IsRefused(out var error))
        {
            return error;
        }
        var liked = await RunAllAsync(
            "likes",
            archive.Manifest.Likes,
            archive.LikesAsync(ct),
            (_, _) => true,
            batch => likes.RunAsync(batch, owner, ct)
        );
        if (liked.IsRefused(out error))
        {
            return error;
        }
        var bookmarked = await RunAllAsync(
            "bookmarks",
            archive.Manifest.Bookmarks ?? 0,
            archive.Manifest.Bookmarks is null
                ? AsyncEnumerable.Empty<ArchivedLike>()
                : archive.BookmarksAsync(ct),
            (_, _) => true,
            batch => likes.BookmarkAsync(batch, owner, ct)
        );
        if (bookmarked.IsRefused(out error))
        {
            return error;
        }
        var followed = await RunAllAsync(
            "following",
            archive.Manifest.Following,
            archive.FollowingAsync(ct),
            (_, _) => true,
            batch => follows.RunAsync(batch, owner, ct)
        );
        if ((await filters.RunAsync(archive.Person.Filters, id, ct)).IsRefused(out error))
        {
            return error;
        }
        return followed.Map(x => new ImportSummary(
            target.Username ?? archive.Person.Username,
            isNew,
            written.Value.Made,
            liked.Value.Made,
            liked.Value.Missing,
            bookmarked.Value.Made,
            bookmarked.Value.Missing,
            x.Made,
            x.Missing,
            report.Kept,
            report.LeftOut
        ));

        async Task<Result<Imported>> WritePostsAsync(IReadOnlyList<ArchivedPost> batch)
        {
            var kept = await pictures.RunAsync(
                archive.OpenPicture,
                batch,
                owner,
                report,
                progress,
                archive.Manifest.Pictures ?? 0,
                ct
            );
            if (kept.IsRefused(out var refusal))
            {
                return refusal;
            }
            var result = await posts.RunAsync(batch, kept.Value, owner, ct);
            if (!result.IsRefused(out _))
            {
                report.Kept += result.Value.Pictures;
            }
            return result.Map(x => new Imported(x.Posts, 0));
        }

        async Task<Result<(long Made, long Missing)>> RunAllAsync<T>(
            string step,
            long total,
            IAsyncEnumerable<T> items,
            Func<T, T, bool> mayDivide,
            Func<IReadOnlyList<T>, Task<Result<Imported>>> writeAsync,
            Func<T, int>? weigh = null
        )
        {
            var (made, missing, done) = (0L, 0L, 0L);
            progress?.Report(new WorkProgress(step, 0, total));
            var batches = InBatchesAsync(items, mayDivide, weigh ?? (_ => 1));
            // One reads from the archive at a time: its posts, or their pictures.
            await foreach (var batch in archive.Manifest.Pictures > 0 ? batches : batches.AheadAsync(ct))
            {
                var result = await writeAsync(batch);
                if (result.IsRefused(out var refusal))
                {
                    return refusal;
                }
                (made, missing) = (made + result.Value.Made, missing + result.Value.Missing);
                progress?.Report(new WorkProgress(step, done += batch.Count, total));
                ct.ThrowIfCancellationRequested();
            }
            return (made, missing);
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> InBatchesAsync<T>(
        IAsyncEnumerable<T> items,
        Func<T, T, bool> mayDivide,
        Func<T, int> weigh
    )
    {
        var (batch, weight) = (new List<T>(Batch), 0);
        await foreach (var item in items)
        {
            if (weight >= Batch && mayDivide(batch[^1], item))
            {
                yield return batch;
                (batch, weight) = (new List<T>(Batch), 0);
            }
            batch.Add(item);
            weight += weigh(item);
        }
        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>The account that an archive goes into; its id is 0 when it is to be made.</summary>
    private async Task<Result<Account>> FindAsync(
        AccountArchive archive,
        ImportTarget target,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(target);
        var name = target.Username ?? archive.Person.Username;
        var account = await sql.FirstAsync(
            $"""
            SELECT u.id, u.created_at, a.email_key FROM {UserSql.WithAccount}
            WHERE {UserSql.HasName("@key")}
            """,
            row => new Account(row.GetInt64(0), row.GetUtc(1), row.GetString(2)),
            ct,
            ("key", Names.Key(name))
        );
        // The account that the archive was made of, or an earlier import of it. When an account was made anybody can see;
        // its address is told to nobody.
        var isKnown =
            account?.CreatedAt == archive.Person.CreatedAt
            && account.EmailKey == Names.Key(target.Email ?? archive.Person.Email);
        return account is null ? new Account(0, default, "")
            : isKnown ? account
            : target.Username is null
                ? Taken(
                    $"There is a user {name} here already, who is not known to be the archive's. To import into that account, say so with --as {name}; to make another, name it with --as, and an address of its own with --email."
                )
            : target.Email is not null || target.Password is not null
                ? Taken(
                    $"There is a user {name} here already. To import into that account, give neither an address nor a password; to make another, name another with --as."
                )
            : account;

        static Error Taken(string sentence) => new(ErrorKind.Conflict, "username_taken", sentence);
    }
}
