using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pamps.Core.Copies;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Follows;
using Pamps.Core.Notifications;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Search;
using Pamps.Core.Streaming;
using Pamps.Core.Timelines;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core;

/// <summary>Registers every operation of Pamps.</summary>
public static class CoreServices
{
    /// <summary>
    /// Adds the operations. The host adds what they stand on: <see cref="PampsOptions"/>, <see cref="IDatabase"/>,
    /// <see cref="IWriteGate"/> (by <see cref="AddWriteGate"/>), <see cref="KnownMigrations"/>, a factory of
    /// <see cref="PampsDb"/>, where there can be several copies an <see cref="ICopyChannel"/>, and where the database is a
    /// file <see cref="ISnapshotFiles"/> (a Data project does these), <see cref="IPasswords"/>, and a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddPampsCore(this IServiceCollection services)
    {
        services.AddSingleton<Ids>();
        services.AddSingleton<Sql>();
        services.AddSingleton<WriteSql>();
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<KnownLogins>();
        services.AddSingleton<RevokingWrites>();
        services.AddSingleton<EventLog>();
        services.AddSingleton<CommitSignal>();
        services.AddSingleton(x => new CopyNotices(
            x.GetService<ICopyChannel>(),
            Get<CommitSignal>(x),
            Get<KnownLogins>(x),
            Time(x),
            Get<ILogger<CopyNotices>>(x)
        ));
        services.AddSingleton<WriteFaults>();
        services.AddSingleton<SearchIndex>();
        services.AddSingleton<SearchBounds>();
        services.AddSingleton<TimelineBounds>();
        services.AddSingleton(x => new FindMatches(Replicas(x), Get<SearchBounds>(x)));
        services.AddSingleton<Notify>();

        // Their constructors are internal, so that no door makes an operation of its own parts.
        services.AddSingleton(x => new CreateUser(
            Writes(x),
            Get<SearchIndex>(x),
            Passwords(x),
            Get<PasswordRules>(x),
            Ids(x),
            Time(x)
        ));
        services.AddSingleton(x => new ReadProfile(Replicas(x)));
        services.AddSingleton(x => new ListUsers(Replicas(x)));
        services.AddSingleton(x => new EditProfile(
            Writes(x),
            Get<SearchIndex>(x),
            // What was just written no replica has yet.
            new ReadProfile(Sql(x))
        ));
        services.AddSingleton(x => new ChangePassword(
            Get<RevokingWrites>(x),
            Sql(x),
            Passwords(x),
            Get<PasswordRules>(x)
        ));
        services.AddSingleton(x => new ModerateUser(Get<RevokingWrites>(x)));
        services.AddSingleton(x => new DeleteUser(Get<RevokingWrites>(x), Get<IDatabase>(x)));
        services.AddSingleton(x => new Logins(
            Writes(x),
            Get<RevokingWrites>(x),
            Get<KnownLogins>(x),
            Sql(x),
            Ids(x),
            Time(x)
        ));
        services.AddSingleton(x => new SignInFailures(
            Writes(x),
            Get<WriteSql>(x),
            Sql(x),
            Get<PampsOptions>(x),
            Time(x)
        ));
        services.AddSingleton(x => new Leases(Writes(x), Get<WriteSql>(x), Time(x)));
        services.AddSingleton(x => new OwnLogins(Get<RevokingWrites>(x), Sql(x), Time(x)));

        services.AddSingleton(x => new FollowUser(Writes(x), Ids(x), Time(x), Get<Notify>(x)));
        services.AddSingleton(x => new ListFollows(Replicas(x)));

        services.AddSingleton(x => new CreatePost(
            Writes(x),
            Get<WriteSql>(x),
            Ids(x),
            Time(x),
            Get<SearchIndex>(x),
            Get<Notify>(x),
            Get<EventLog>(x),
            Get<PampsOptions>(x)
        ));
        services.AddSingleton(x => new EditPost(
            Writes(x),
            new ReadPost(Sql(x)),
            Time(x),
            Get<SearchIndex>(x),
            Get<Notify>(x),
            Get<EventLog>(x),
            Get<PampsOptions>(x)
        ));
        services.AddSingleton(x => new DeletePost(Writes(x), Get<Notify>(x), Get<EventLog>(x)));
        services.AddSingleton(x => new LikePost(Writes(x), Ids(x), Time(x), Get<Notify>(x)));
        services.AddSingleton(x => new ReadPost(Replicas(x)));
        services.AddSingleton(x => new ListPosts(Replicas(x)));
        services.AddSingleton(x => new ReadTag(Replicas(x)));
        services.AddSingleton(x => new ReadNotifications(Replicas(x)));
        services.AddSingleton(x => new MarkNotificationsRead(Writes(x)));
        services.AddSingleton(x => new ReadTimeline(Replicas(x), Get<TimelineBounds>(x)));
        services.AddSingleton(x => new SearchPosts(Replicas(x), Get<FindMatches>(x)));
        services.AddSingleton(x => new SearchUsers(Replicas(x), Get<FindMatches>(x)));

        services.AddSingleton(new LiveFeedOptions());
        services.AddSingleton<Listeners>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<Audience>();
        // What an event is about is read where the event was.
        services.AddSingleton(x => new EventLoader(Sql(x), new ReadNotifications(Sql(x))));
        services.AddSingleton<LoginCheck>();
        services.AddSingleton(x => new LiveFeed(
            Get<Listeners>(x),
            Get<EventReader>(x),
            Get<Audience>(x),
            Get<EventLoader>(x),
            Get<LoginCheck>(x),
            Get<CommitSignal>(x),
            Get<LiveFeedOptions>(x),
            Time(x),
            Get<ILogger<LiveFeed>>(x)
        ));

        services.AddSingleton(x => new ReadSchema(Get<IDatabase>(x), Get<KnownMigrations>(x)));
        services.AddSingleton(x => new WriteHealth(
            Writes(x),
            Get<IDatabase>(x),
            Get<WriteFaults>(x),
            Time(x)
        ));
        return services;
    }

    /// <summary>
    /// Adds the contexts. EF Core is a large part of the memory and of a start, and its own way to register them loads all
    /// of it; this way it is there from the first write on.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="use">Says which database they are for.</param>
    public static IServiceCollection AddContexts(
        this IServiceCollection services,
        Action<IServiceProvider, DbContextOptionsBuilder> use
    )
    {
        services.AddSingleton<IDbContextFactory<PampsDb>>(x => MakeContexts(x, use));
        services.AddSingleton(x => new Lazy<IDbContextFactory<PampsDb>>(() =>
            Get<IDbContextFactory<PampsDb>>(x)
        ));
        return services;
    }

    /// <summary>Makes this the way to write, unless only reading is wanted. What it commits wakes the live feed.</summary>
    public static IServiceCollection AddWriteGate<TGate>(this IServiceCollection services)
        where TGate : class, IWriteGate
    {
        services.AddSingleton<TGate>();
        services.AddSingleton<IWriteGate>(x =>
            Get<PampsOptions>(x).Db.ReadOnly
                ? new ShutWriteGate()
                : new SignallingWriteGate(
                    new WatchedWriteGate(Get<TGate>(x), Get<WriteFaults>(x)),
                    Get<CommitSignal>(x),
                    Get<CopyNotices>(x)
                )
        );
        return services;
    }

    private static PooledDbContextFactory<PampsDb> MakeContexts(
        IServiceProvider services,
        Action<IServiceProvider, DbContextOptionsBuilder> use
    )
    {
        var options = new DbContextOptionsBuilder<PampsDb>();
        options.UseApplicationServiceProvider(services);
        use(services, options);
        foreach (var more in services.GetServices<IDbContextOptionsConfiguration<PampsDb>>())
        {
            more.Configure(services, options);
        }
        return new PooledDbContextFactory<PampsDb>(options.Options);
    }

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    private static IWriteGate Writes(IServiceProvider services) => Get<IWriteGate>(services);

    private static IPasswords Passwords(IServiceProvider services) => Get<IPasswords>(services);

    private static Sql Sql(IServiceProvider services) => Get<Sql>(services);

    /// <summary>
    /// For what people look at. Sign-ins, tokens, live streams and maintenance read the primary; so does every write.
    /// </summary>
    private static Sql Replicas(IServiceProvider services) => Get<Sql>(services).WithReplicas();

    private static Ids Ids(IServiceProvider services) => Get<Ids>(services);

    private static TimeProvider Time(IServiceProvider services) => Get<TimeProvider>(services);
}
