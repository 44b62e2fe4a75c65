using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Media;
using Pamps.Core.Reads;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Core.Users;
using Pamps.Operations.Archives;

namespace Pamps.Operations.Workshop;

/// <summary>
/// Takes in what the workshop's server kept: users with their passwords, posts with their threads and dates, likes, follows.
/// </summary>
/// <remarks>
/// Works in small transactions, so that a server may go on serving meanwhile. Stopped or killed, the same import goes on; run again, it
/// changes nothing. Nobody is notified.
/// </remarks>
public sealed class ImportWorkshop
{
    private const int Batch = 200;

    /// <summary>How many sentences of one kind are said before the rest is counted.</summary>
    private const int MostNamed = 20;

    private readonly CreateUser createUser;
    private readonly IPasswords passwords;
    private readonly Sql sql;
    private readonly ImportPosts posts;
    private readonly ImportLikes likes;
    private readonly ImportFollows follows;
    private readonly PampsOptions options;

    internal ImportWorkshop(
        CreateUser createUser,
        IPasswords passwords,
        Sql sql,
        ImportPosts posts,
        ImportLikes likes,
        ImportFollows follows,
        PampsOptions options
    )
    {
        (this.createUser, this.passwords, this.sql, this.options) = (createUser, passwords, sql, options);
        (this.posts, this.likes, this.follows) = (posts, likes, follows);
    }

    /// <summary>
    /// Imports. Refused to all but superusers, and where the source is no database of the workshop's; nothing is changed then. What
    /// breaks a rule of this server is left out.
    /// </summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="source">The workshop's database.</param>
    /// <param name="renamed">Other names for users, by the names that they have there.</param>
    /// <param name="progress">Told of each batch.</param>
    /// <param name="ct">Stops between batches.</param>
    public async Task<Result<WorkshopSummary>> RunAsync(
        Viewer viewer,
        WorkshopDatabase source,
        IReadOnlyDictionary<string, string> renamed,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(renamed);
        if (!viewer.Superuser)
        {
            return Error.SuperuserOnly;
        }
        if (await source.CheckAsync(ct) is { } unfit)
        {
            return unfit;
        }
        // What follows computes for long: the caller's thread, which may be a screen's, stays free.
        return await Task.Run(() => new Run(this, viewer, source, renamed, progress, ct).AllAsync(), ct);
    }

    private sealed class Run(
        ImportWorkshop import,
        Viewer viewer,
        WorkshopDatabase source,
        IReadOnlyDictionary<string, string> renamed,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        private readonly Dictionary<long, ImportOwner> owners = [];
        private readonly Dictionary<long, ArchivedName> names = [];
        private readonly List<string> leftOut = [];
        private readonly Dictionary<string, int> said = [];
        private long made;
        private long here;

        public async Task<Result<WorkshopSummary>> AllAsync()
        {
            var found = new List<WorkshopDatabase.PostName>();
            await foreach (var post in source.PostsAsync(ct))
            {
                found.Add(post);
            }
            var firsts = found
                .Where(x => x.UserId is not null)
                .GroupBy(x => x.UserId!.Value)
                .ToDictionary(x => x.Key, x => x.Min(y => y.Date));
            if (await UsersAsync(firsts) is { } error)
            {
                return error;
            }
            Name(found);
            var written = await PostsAsync(found);
            if (written.IsRefused(out error))
            {
                return error;
            }
            var liked = await PairsAsync(
                "likes",
                "likes of people or posts that are not here",
                await source.LikesAsync(ct),
                x => names.ContainsKey(x.To),
                (batch, owner) =>
                    import.likes.RunAsync(
                        [.. batch.Select((x, i) => new ArchivedLike(IdOf(x, i), DateOf(x), names[x.To]))],
                        owner,
                        ct
                    )
            );
            if (liked.IsRefused(out error))
            {
                return error;
            }
            var followed = await PairsAsync(
                "follows",
                "follows of people who are not here",
                await source.FollowsAsync(ct),
                x => owners.ContainsKey(x.To),
                (batch, owner) =>
                    import.follows.RunAsync(
                        [
                            .. batch.Select(
                                (x, i) => new ArchivedFollow(IdOf(x, i), DateOf(x), owners[x.To].Username)
                            ),
                        ],
                        owner,
                        ct
                    )
            );
            return followed.Map(x => new WorkshopSummary(
                made,
                here,
                written.Value,
                liked.Value,
                x,
                [
                    .. leftOut,
                    .. said.Where(y => y.Value > MostNamed)
                        .Select(y => $"{y.Key}: {y.Value - MostNamed} more."),
                ]
            ));
        }

        private async Task<Error?> UsersAsync(Dictionary<long, DateTime> firsts)
        {
            await foreach (var user in source.UsersAsync(ct))
            {
                var name = renamed.GetValueOrDefault(user.Username, user.Username);
                var standing = await import.sql.FirstAsync(
                    $"SELECT u.id, a.email_key FROM {UserSql.WithAccount} WHERE {UserSql.HasName("@key")}",
                    row => (Id: row.GetInt64(0), EmailKey: row.GetString(1)),
                    ct,
                    ("key", Names.Key(name))
                );
                if (standing.Id != 0 && standing.EmailKey == Names.Key(user.Email))
                {
                    here++;
                    owners[user.Id] = new ImportOwner(name, standing.Id);
                    continue;
                }
                var hasHash = import.passwords.IsHashOfElsewhere(user.PasswordHash);
                var account = await import.createUser.RunAsync(
                    viewer,
                    new NewUser(
                        user.Email,
                        name,
                        Password: null,
                        // What is no address or too long is not worth the account.
                        OrNone(Profiles.CheckAvatar(user.Avatar)),
                        OrNone(Profiles.CheckBio(user.Bio))
                    )
                    {
                        Since = firsts.TryGetValue(user.Id, out var first) ? first : null,
                        PasswordHash = hasHash ? user.PasswordHash : NoPassword,
                    },
                    key: null,
                    ct
                );
                if (account.IsRefused(out var error))
                {
                    if (error.Kind is not (ErrorKind.Invalid or ErrorKind.Conflict))
                    {
                        return error;
                    }
                    Leave("Users", $"The user {user.Username}: {Reason(error)}");
                    continue;
                }
                made++;
                owners[user.Id] = new ImportOwner(name, account.Value.Id);
                if (!hasHash)
                {
                    Leave(
                        "Passwords",
                        $"The password of {name} is kept in a form that is not known here: `pamps reset-password {name}`."
                    );
                }
                progress?.Report(new WorkProgress("users", made + here, made + here));
            }
            return null;
        }

        /// <summary>
        /// Gives each post an id of its time, the same in each run; those before the first moment that ids know of follow each other from
        /// there.
        /// </summary>
        private void Name(List<WorkshopDatabase.PostName> found)
        {
            var last = 0L;
            foreach (var post in found.OrderBy(x => x.Date).ThenBy(x => x.Id))
            {
                last =
                    post.Date < Ids.Epoch
                        ? last + Ids.PerMillisecond
                        : Math.Max(last + 1, Ids.At(post.Date, 0));
                names[post.Id] =
                    post.UserId is { } user && owners.TryGetValue(user, out var owner)
                        ? new ArchivedName(last, owner.Username, post.Date)
                        : new ArchivedName(last, Author: null, Date: null);
            }
        }

        private async Task<Result<long>> PostsAsync(List<WorkshopDatabase.PostName> found)
        {
            var (written, done) = (0L, 0L);
            var homeless = found.Count(x => x.UserId is not { } user || !owners.ContainsKey(user));
            if (homeless > 0)
            {
                leftOut.Add($"{homeless} posts of nobody who is here.");
            }
            // Answers come after what they answer, whoever wrote it.
            foreach (var batch in Runs(found.OrderBy(x => names[x.Id].Id)))
            {
                var texts = await source.TextsAsync(batch.Select(x => x.Id), ct);
                var prepared = new List<ArchivedPost>();
                foreach (var post in batch)
                {
                    var text = PlainText.Normalize(
                        "text",
                        texts.GetValueOrDefault(post.Id),
                        1,
                        import.options.Posts.MaxLength
                    );
                    if (text.IsRefused(out var error))
                    {
                        Leave("Posts", $"The post {post.Id}: {Reason(error)}");
                        continue;
                    }
                    var parent =
                        post.ParentId is { } id && id != post.Id && names.TryGetValue(id, out var name)
                            ? name
                            : null;
                    prepared.Add(
                        new ArchivedPost(
                            names[post.Id].Id,
                            text.Value,
                            text.Value,
                            post.Date,
                            EditedAt: null,
                            parent,
                            Visibility.Public,
                            Sensitive: false,
                            Pictures: []
                        )
                    );
                }
                if (prepared.Count > 0)
                {
                    var result = await import.posts.RunAsync(
                        prepared,
                        new Dictionary<long, IReadOnlyList<MediaView>>(),
                        owners[batch[0].UserId!.Value],
                        ct
                    );
                    if (result.IsRefused(out var refusal))
                    {
                        return refusal;
                    }
                    written += result.Value.Posts;
                }
                progress?.Report(new WorkProgress("posts", done += batch.Count, found.Count - homeless));
                ct.ThrowIfCancellationRequested();
            }
            return written;
        }

        /// <summary>Posts that follow each other and are one person's, with all of theirs of a millisecond together.</summary>
        private IEnumerable<List<WorkshopDatabase.PostName>> Runs(
            IEnumerable<WorkshopDatabase.PostName> ordered
        )
        {
            var open = new Dictionary<long, List<WorkshopDatabase.PostName>>();
            var (millisecond, waiting) = (-1L, 0);
            foreach (var post in ordered.Where(x => x.UserId is { } user && owners.ContainsKey(user)))
            {
                var next = Ids.MillisecondOf(names[post.Id].Id).First;
                if (waiting >= Batch && next != millisecond)
                {
                    foreach (var run in open.Values)
                    {
                        yield return run;
                    }
                    (open, waiting) = ([], 0);
                }
                millisecond = next;
                var user = post.UserId!.Value;
                (open.TryGetValue(user, out var own) ? own : open[user] = []).Add(post);
                waiting++;
            }
            foreach (var run in open.Values)
            {
                yield return run;
            }
        }

        private async Task<Result<long>> PairsAsync(
            string step,
            string missing,
            List<WorkshopDatabase.Pair>? pairs,
            Func<WorkshopDatabase.Pair, bool> isThere,
            Func<IReadOnlyList<WorkshopDatabase.Pair>, ImportOwner, Task<Result<Imported>>> writeAsync
        )
        {
            if (pairs is null)
            {
                leftOut.Add($"All {step}: their table has columns of other names.");
                return 0L;
            }
            var known = pairs.Where(x => owners.ContainsKey(x.From) && isThere(x)).ToList();
            var (written, done, lacking) = (0L, 0L, (long)pairs.Count - known.Count);
            foreach (var person in known.GroupBy(x => x.From))
            {
                foreach (var batch in person.Chunk(Batch))
                {
                    var result = await writeAsync(batch, owners[person.Key]);
                    if (result.IsRefused(out var error))
                    {
                        return error;
                    }
                    (written, lacking) = (written + result.Value.Made, lacking + result.Value.Missing);
                    progress?.Report(new WorkProgress(step, done += batch.Length, known.Count));
                    ct.ThrowIfCancellationRequested();
                }
            }
            if (lacking > 0)
            {
                leftOut.Add($"{lacking} {missing}.");
            }
            return written;
        }

        private static string? OrNone(Result<string?> found) => found.IsRefused(out _) ? null : found.Value;

        private static DateTime DateOf(WorkshopDatabase.Pair pair) => pair.Date ?? Ids.Epoch;

        private static long IdOf(WorkshopDatabase.Pair pair, int place)
        {
            var date = DateOf(pair);
            return Ids.At(date < Ids.Epoch ? Ids.Epoch : date, place + 1);
        }

        private void Leave(string kind, string sentence)
        {
            if ((said[kind] = said.GetValueOrDefault(kind) + 1) <= MostNamed)
            {
                leftOut.Add(sentence);
            }
        }

        private static string Reason(Error error) =>
            error.Fields is { } fields
                ? string.Join(" ", fields.Select(x => x.Value.Message))
                : error.Message;
    }

    /// <summary>The hash of no password.</summary>
    private const string NoPassword = "!";
}
