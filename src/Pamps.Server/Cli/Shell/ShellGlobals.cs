using System.Data.Common;
using System.Reflection;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Follows;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Search;
using Pamps.Core.Timelines;
using Pamps.Core.Users;
using Pamps.Operations.Maintenance;

namespace Pamps.Server.Cli.Shell;

/// <summary>What a line in <c>pamps shell</c> finds by name. Public, because scripts are compiled against it.</summary>
public sealed class ShellGlobals : ICancelledByShell
{
    private const int MaxRows = 1000;
    private readonly IServiceProvider services;

    internal ShellGlobals(IServiceProvider services) => this.services = services;

    public PampsOptions settings => services.GetRequiredService<PampsOptions>();

    /// <summary>Who the operator is to the operations: a superuser.</summary>
    public Viewer me { get; } = Viewer.Operator;

    /// <summary>Ends what is running when Ctrl+C is pressed.</summary>
    public CancellationToken ct { get; private set; }

    CancellationToken ICancelledByShell.Cancellation
    {
        get => ct;
        set => ct = value;
    }

    public CreateUser CreateUser => services.GetRequiredService<CreateUser>();
    public ListUsers ListUsers => services.GetRequiredService<ListUsers>();
    public ReadProfile ReadProfile => services.GetRequiredService<ReadProfile>();
    public EditProfile EditProfile => services.GetRequiredService<EditProfile>();
    public ModerateUser ModerateUser => services.GetRequiredService<ModerateUser>();
    public MakeResetToken MakeResetToken => services.GetRequiredService<MakeResetToken>();
    public ResetPassword ResetPassword => services.GetRequiredService<ResetPassword>();
    public SetUpSecondFactor SetUpSecondFactor => services.GetRequiredService<SetUpSecondFactor>();
    public DeleteUser DeleteUser => services.GetRequiredService<DeleteUser>();
    public FollowUser FollowUser => services.GetRequiredService<FollowUser>();
    public ListFollows ListFollows => services.GetRequiredService<ListFollows>();
    public ReadTimeline ReadTimeline => services.GetRequiredService<ReadTimeline>();
    public CreatePost CreatePost => services.GetRequiredService<CreatePost>();
    public EditPost EditPost => services.GetRequiredService<EditPost>();
    public DeletePost DeletePost => services.GetRequiredService<DeletePost>();
    public LikePost LikePost => services.GetRequiredService<LikePost>();

    /// <summary>Pins posts to profiles, and takes them off.</summary>
    public PinPost PinPost => services.GetRequiredService<PinPost>();
    public ReadPost ReadPost => services.GetRequiredService<ReadPost>();
    public ListPosts ListPosts => services.GetRequiredService<ListPosts>();
    public SearchPosts SearchPosts => services.GetRequiredService<SearchPosts>();
    public SearchUsers SearchUsers => services.GetRequiredService<SearchUsers>();
    public Schema Schema => services.GetRequiredService<Schema>();
    public Verify Verify => services.GetRequiredService<Verify>();

    /// <summary>A user, to act as.</summary>
    public async Task<Viewer> User(string username)
    {
        var profile = (await ReadProfile.RunAsync(null, username, ct)).OrFail();
        return new Viewer(profile.User.Id, profile.User.Username, Superuser: false, LoginId: 0)
        {
            Fresh = true,
        };
    }

    /// <summary>All users, a page at a time.</summary>
    public async Task<Page<UserView>> Users(int limit = 20, long? after = null) =>
        await ListUsers.RunAsync(null, new PageRequest(limit, After: after), ct);

    /// <summary>Everyone's posts that are not replies, newest first; or one person's, replies too.</summary>
    public async Task<Page<PostView>> Posts(string? username = null, int limit = 20, long? before = null)
    {
        var page = new PageRequest(limit, before, Order: ListOrder.Newest);
        return username is null
            ? await ListPosts.HomeAsync(me, page, ct)
            : (await ListPosts.OfUserAsync(me, username, includeReplies: true, page, ct)).OrFail();
    }

    /// <summary>Somebody's home timeline, newest first.</summary>
    public async Task<Page<PostView>> Timeline(string username, int limit = 20, long? before = null) =>
        await ReadTimeline.RunAsync(await User(username), own: true, new PageRequest(limit, before), ct);

    /// <summary>A post.</summary>
    public async Task<PostView> Post(long id) => (await ReadPost.RunAsync(me, id, ct)).OrFail();

    /// <summary>Posts that are found by words, newest first.</summary>
    public async Task<Page<PostView>> Search(string query, int limit = 20, long? before = null) =>
        (await SearchPosts.RunAsync(me, query, new PageRequest(limit, before), network: null, ct)).OrFail();

    /// <summary>The rows of an SQL statement that reads, at most 1000 of them. It cannot write.</summary>
    public async Task<IReadOnlyList<Dictionary<string, object?>>> Query(string sql)
    {
        await using var snapshot = await services.GetRequiredService<IDatabase>().BeginSnapshotAsync(ct);
        await using var reader = await snapshot.ReadAsync(new Statement(sql), ct);
        var rows = new List<Dictionary<string, object?>>();
        while (rows.Count < MaxRows && await reader.ReadAsync(ct))
        {
            rows.Add(ReadRow(reader));
        }
        return rows;
    }

    /// <summary>The names with what they are, for the first line and for <c>help</c>.</summary>
    internal static IReadOnlyDictionary<string, string> Names()
    {
        var names = new Dictionary<string, string>
        {
            ["settings"] = "the settings in force: settings.Db.Uri",
            ["me"] = "you, to the operations: the operator, a superuser",
            ["ct"] = "a cancellation token that Ctrl+C cancels",
            ["User"] = "a user to act as: await User(\"ana\")",
            ["Users"] = "all users: Users(), Users(limit: 100, after: 376207209689836)",
            ["Posts"] = "everyone's posts, or one person's: Posts(), Posts(\"ana\")",
            ["Timeline"] = "somebody's home timeline: Timeline(\"ana\")",
            ["Post"] = "a post: Post(376207209689836)",
            ["Search"] = "posts by their words: Search(\"good morning from:ana\")",
            ["Query"] =
                "rows of SQL that reads: Query(\"SELECT username, posts_count FROM \\\"user\\\" LIMIT 5\")",
        };
        var operations = typeof(ShellGlobals)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(x => x.PropertyType.Namespace!.StartsWith("Pamps.Core.", StringComparison.Ordinal));
        foreach (var operation in operations)
        {
            names[operation.Name] = Describe(operation.PropertyType);
        }
        return names;
    }

    private static string Describe(Type operation) =>
        string.Join(
            "; ",
            operation
                .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(x => !x.IsSpecialName)
                .Select(x => $"{x.Name}({string.Join(", ", x.GetParameters().Select(p => p.Name))})")
        );

    private static Dictionary<string, object?> ReadRow(DbDataReader reader)
    {
        var row = new Dictionary<string, object?>();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var (name, value) = (reader.GetName(i), reader.IsDBNull(i) ? null : reader.GetValue(i));
            if (!row.TryAdd(name, value))
            {
                // Another column of the same name.
                row.Add($"{name}_{i + 1}", value);
            }
        }
        return row;
    }
}
