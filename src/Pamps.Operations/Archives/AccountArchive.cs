using System.Text.Json;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Results;
using Pamps.Core.Text;
using Pamps.Operations.Maintenance;
using Pamps.Operations.Transfer;

namespace Pamps.Operations.Archives;

/// <summary>The archive of an account that was read from its beginning to its end, found whole, and every item in it good.</summary>
public sealed class AccountArchive : IDisposable
{
    private readonly SummedZip archive;
    private readonly ArchiveRules rules;

    private AccountArchive(
        SummedZip archive,
        ArchiveRules rules,
        AccountManifest manifest,
        ArchivedPerson person
    ) => (this.archive, this.rules, Manifest, Person) = (archive, rules, manifest, person);

    /// <summary>What is in it.</summary>
    public AccountManifest Manifest { get; }

    internal ArchivedPerson Person { get; }

    /// <inheritdoc />
    public void Dispose() => archive.Dispose();

    internal static Task<Result<AccountArchive>> VerifyAsync(
        Stream input,
        DateTime now,
        int maxLength,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    ) =>
        SummedZip.OpenAsync(
            input,
            "archive_damaged",
            "This is not a whole archive of an account",
            SummedZip.UsualFiles + AccountManifest.MostPictures,
            zip => Task.Run(() => VerifyAsync(zip, now, maxLength, progress, ct), ct)
        );

    /// <summary>The file of a picture, which is in the archive. It is as it was written; whether it is one of a picture nobody knows.</summary>
    internal Stream OpenPicture(string name) => archive.Open(AccountManifest.PathOf(name));

    internal IAsyncEnumerable<ArchivedPost> PostsAsync(CancellationToken ct) => PostsAsync(true, ct);

    internal IAsyncEnumerable<ArchivedLike> LikesAsync(CancellationToken ct) => LikesAsync(true, ct);

    internal IAsyncEnumerable<ArchivedLike> BookmarksAsync(CancellationToken ct) => BookmarksAsync(true, ct);

    internal IAsyncEnumerable<ArchivedFollow> FollowingAsync(CancellationToken ct) =>
        FollowingAsync(true, ct);

    private static async Task<AccountArchive> VerifyAsync(
        SummedZip zip,
        DateTime now,
        int maxLength,
        IProgress<WorkProgress>? progress,
        CancellationToken ct
    )
    {
        var pictures = zip
            .Names.Except(AccountManifest.Files)
            .ToDictionary(x => AccountManifest.PictureAt(x) ?? throw Foreign(x), StringComparer.Ordinal);
        var manifest = JsonSerializer.Deserialize(
            zip.ReadSmall(BackupFile.ManifestName),
            AccountManifestJson.Default.AccountManifest
        );
        if (manifest?.Kind != AccountManifest.AccountKind)
        {
            throw new InvalidDataException("its manifest is that of something else.");
        }
        if (manifest.Format != manifest.ExpectedFormat)
        {
            throw new InvalidDataException(
                $"it has the form {manifest.Format}, which pamps {BackupManifest.ProgramVersion} does not know."
            );
        }
        if (manifest.Bookmarks is null && zip.Names.Contains(AccountManifest.BookmarksName))
        {
            throw Foreign(AccountManifest.BookmarksName);
        }
        var shown = new HashSet<string>(StringComparer.Ordinal);
        var rules = new ArchiveRules(manifest.Username, now, maxLength, HasPicture);
        var person = JsonSerializer.Deserialize(
            zip.ReadSmall(AccountManifest.ActorName),
            ArchiveJson.Options.Of<PersonJson>()
        );
        var archive = new AccountArchive(
            zip,
            rules,
            manifest,
            rules.Read(person ?? throw new InvalidDataException("nobody is in it."))
        );
        await VerifyAllAsync("posts", manifest.Posts, archive.PostsAsync(false, ct));
        if (pictures.FirstOrDefault(x => !shown.Contains(x.Key)) is { Value: { } unseen })
        {
            throw Foreign(unseen);
        }
        await PictureFiles.VerifyAsync(zip, manifest, [.. pictures.Keys], progress, ct);
        await VerifyAllAsync("likes", manifest.Likes, archive.LikesAsync(false, ct));
        if (manifest.Bookmarks is { } bookmarks)
        {
            await VerifyAllAsync("bookmarks", bookmarks, archive.BookmarksAsync(false, ct));
        }
        await VerifyAllAsync("following", manifest.Following, archive.FollowingAsync(false, ct));
        await VerifyAllAsync("followers", manifest.Followers, archive.FollowersAsync(ct));
        return archive;

        bool HasPicture(string name)
        {
            var isHere = pictures.ContainsKey(name);
            if (isHere)
            {
                shown.Add(name);
            }
            return isHere;
        }

        static InvalidDataException Foreign(string name) => new($"{name} does not belong there.");

        async Task VerifyAllAsync<T>(string step, long total, IAsyncEnumerable<T> items)
        {
            var count = 0L;
            await foreach (var _ in items)
            {
                if (++count % 10_000 == 0)
                {
                    ct.ThrowIfCancellationRequested();
                    progress?.Report(new WorkProgress($"verify {step}", count, total));
                }
            }
            progress?.Report(new WorkProgress($"verify {step}", count, total));
        }
    }

    private IAsyncEnumerable<ArchivedPost> PostsAsync(bool isVerified, CancellationToken ct) =>
        ReadAsync<CreateJson, ArchivedPost>(
            AccountManifest.OutboxName,
            Manifest.Posts,
            rules.Read,
            isVerified,
            ct
        );

    private IAsyncEnumerable<ArchivedLike> LikesAsync(bool isVerified, CancellationToken ct) =>
        ReadAsync<LikeJson, ArchivedLike>(
            AccountManifest.LikedName,
            Manifest.Likes,
            rules.Read,
            isVerified,
            ct
        );

    private IAsyncEnumerable<ArchivedLike> BookmarksAsync(bool isVerified, CancellationToken ct) =>
        ReadAsync<LikeJson, ArchivedLike>(
            AccountManifest.BookmarksName,
            Manifest.Bookmarks ?? 0,
            rules.ReadBookmark,
            isVerified,
            ct
        );

    private IAsyncEnumerable<ArchivedFollow> FollowingAsync(bool isVerified, CancellationToken ct) =>
        ReadAsync<FollowJson, ArchivedFollow>(
            AccountManifest.FollowingName,
            Manifest.Following,
            rules.ReadFollowing,
            isVerified,
            ct
        );

    private IAsyncEnumerable<ArchivedFollow> FollowersAsync(CancellationToken ct) =>
        ReadAsync<FollowJson, ArchivedFollow>(
            AccountManifest.FollowersName,
            Manifest.Followers,
            rules.ReadFollower,
            isVerified: false,
            ct
        );

    private IAsyncEnumerable<TItem> ReadAsync<TJson, TItem>(
        string name,
        long total,
        Func<TJson, TItem> read,
        bool isVerified,
        CancellationToken ct
    )
    {
        // One file at a time: the rules remember the id before.
        rules.Begin();
        return CollectionFile.ReadAsync(archive, name, total, read, isVerified, ct);
    }
}
