using System.Data.Common;
using System.Reflection;
using Pamps.Core;
using Pamps.Core.Databases;
using Pamps.Core.Follows;
using Pamps.Core.Posts;
using Pamps.Core.Search;
using Pamps.Core.Timelines;
using Pamps.Core.Users;
using Pamps.Operations.Maintenance;
using Pamps.Server.Cli.Shell;

namespace Pamps.Server.Cli;

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
    public ResetPassword ResetPassword => services.GetRequiredService<ResetPassword>();
    public DeleteUser DeleteUser => services.GetRequiredService<DeleteUser>();
    public FollowUser FollowUser => services.GetRequiredService<FollowUser>();
    public ListFollows ListFollows => services.GetRequiredService<ListFollows>();
    public ReadTimeline ReadTimeline => services.GetRequiredService<ReadTimeline>();
    public CreatePost CreatePost => services.GetRequiredService<CreatePost>();
    public EditPost EditPost => services.GetRequiredService<EditPost>();
    public DeletePost DeletePost => services.GetRequiredService<DeletePost>();
    public LikePost LikePost => services.GetRequiredService<LikePost>();
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

    /// <summary>The rows of an SQL statement, at most 1000 of them.</summary>
    public async Task<IReadOnlyList<Dictionary<string, object?>>> Query(string sql)
    {
        await using var connection = await services.GetRequiredService<IDatabase>().OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(ct);
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
            ["Query"] =
                "rows of SQL: await Query(\"SELECT username, posts_count FROM \\\"user\\\" LIMIT 5\")",
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

    private static Dictionary<string, object?> ReadRow(DbDataReader reader) =>
        Enumerable
            .Range(0, reader.FieldCount)
            .ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : (object?)reader.GetValue(i));
}
