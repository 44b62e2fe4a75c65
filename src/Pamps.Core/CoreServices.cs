using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pamps.Core.Applications;
using Pamps.Core.Archives;
using Pamps.Core.Audit;
using Pamps.Core.Blocks;
using Pamps.Core.Cards;
using Pamps.Core.Consumers;
using Pamps.Core.Databases;
using Pamps.Core.Events;
using Pamps.Core.Filters;
using Pamps.Core.Follows;
using Pamps.Core.Instances;
using Pamps.Core.Jobs;
using Pamps.Core.Limits;
using Pamps.Core.Mail;
using Pamps.Core.Media;
using Pamps.Core.Moderation;
using Pamps.Core.Mutes;
using Pamps.Core.Notifications;
using Pamps.Core.Outgoing;
using Pamps.Core.Posts;
using Pamps.Core.Reads;
using Pamps.Core.Search;
using Pamps.Core.Site;
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
    /// <see cref="IWriteGate"/> (by <see cref="AddWriteGate"/>), <see cref="KnownMigrations"/>, <see cref="FindMatches"/>,
    /// where there can be several instances an <see cref="IInstanceChannel"/>, and where the database is a
    /// file <see cref="ISnapshotFiles"/> (a Data project does these), <see cref="IMediaStore"/>, <see cref="IPrivateFiles"/>, <see cref="IPictureMaker"/>,
    /// <see cref="IForeignPages"/>, <see cref="IPasswords"/>, <see cref="ISecondFactorCodes"/>, <see cref="IPasskeyMaker"/>, <see cref="IPurposeKeys"/>, <see cref="IMailer"/>, and a
    /// <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddPampsCore(this IServiceCollection services)
    {
        services
            .AddPart<Ids>()
            .AddPart<Sql>()
            .AddPart<ReplicaSql>()
            .AddPart<Quotas>()
            .AddPart<Prepaid>()
            .AddPart<LimitRequests>()
            .AddPart<SecurityLog>()
            .AddSingleton<JsonSerializerContext>(KeptAnswers.Default)
            .AddPart<WriteTools>()
            .AddPart<RunOnce>()
            .AddPart<Writer>()
            .AddPart<RevokingWriter>()
            .AddPart<CommitSignal>()
            .AddPart<WriteFaults>()
            .AddPart<WriteHealth>()
            .AddPart<ReadSchema>();
        services.AddSingleton(x => new InstanceNotices(
            x.GetService<IInstanceChannel>(),
            Get<CommitSignal>(x),
            Get<TimeProvider>(x),
            Get<ILogger<InstanceNotices>>(x)
        ));
        // In the order in which what follows from an event is written.
        services
            .AddSingleton<IProjection, SearchWords>()
            .AddSingleton<IProjection, Notify>()
            .AddSingleton<IProjection, EventLog>();
        services
            .AddPart<PasswordRules>()
            .AddPart<ConfirmPassword>()
            .AddPart<KnownLogins>()
            .AddPart<KnownDevices>()
            .AddPart<Logins>()
            .AddPart<OwnLogins>()
            .AddPart<RegisterApplication>()
            .AddPart<AllowApplication>()
            .AddPart<ExchangeCode>()
            .AddPart<ApplicationTokens>()
            .AddPart<SignInFailures>()
            .AddPart<CreateUser>()
            .AddPart<InvitationCodes>()
            .AddPart<Invite>()
            .AddPart<ReadInvitation>()
            .AddPart<EraseOptions>()
            .AddPart<EraseAccount>()
            .AddPart<DeleteUser>()
            .AddPart<ApproveRegistration>()
            .AddPart<EditProfile>()
            .AddPart<ChangePassword>()
            .AddPart<ResetTokens>()
            .AddPart<MailQueue>()
            .AddPart<ForgotPassword>()
            .AddPart<MakeResetToken>()
            .AddPart<ResetPassword>()
            .AddPart<EmailTokens>()
            .AddPart<ChangeEmail>()
            .AddPart<ConfirmedEmail>()
            .AddPart<NeededEmail>()
            .AddPart<SecondFactorSecrets>()
            .AddPart<CheckSecondFactor>()
            .AddPart<SetUpSecondFactor>()
            .AddPart<RenewRecoveryCodes>()
            .AddPart<ReadSecondFactor>()
            .AddPart<AddPasskey>()
            .AddPart<OwnPasskeys>()
            .AddPart<UsePasskey>()
            .AddPart<ModerateUser>()
            .AddPart<ReadSite>()
            .AddPart<EditSite>()
            .AddPart<ReportPerson>()
            .AddPart<ReadReports>()
            .AddPart<CloseReport>()
            .AddPart<ModeratePerson>()
            .AddPart<FindOtherAccounts>()
            .AddPart<ReadNotices>()
            .AddPart<Appeal>()
            .AddPart<CloseAppeal>()
            .AddPart<ReadProfile>()
            .AddPart<ListUsers>()
            .AddPart<ReadSecurityLog>();
        services
            .AddPart<FollowUser>()
            .AddPart<FollowRequests>()
            .AddPart<BlockUser>()
            .AddPart<MuteUser>()
            .AddPart<ListFollows>()
            .AddPart<KnownFilters>()
            .AddPart<EditFilters>()
            .AddPart<FilterPosts>()
            .AddPart<CreatePost>()
            .AddPart<EditPost>()
            .AddPart<DeletePost>()
            .AddPart<LikePost>()
            .AddPart<BookmarkPost>()
            .AddPart<PinPost>()
            .AddPart<ReadPost>()
            .AddPart<ListPosts>()
            .AddPart<ReadTag>()
            .AddPart<TagsInUse>()
            .AddPart<TimelineBounds>()
            .AddPart<ReadTimeline>()
            .AddPart<ReadNotifications>()
            .AddPart<MarkNotificationsRead>()
            .AddPart<EditNotificationPolicy>()
            .AddPart<PutAside>()
            .AddPart<SearchBounds>()
            .AddPart<SearchQueue>()
            .AddPart<SearchPosts>()
            .AddPart<SearchUsers>();
        services
            .AddPart<MediaMeasures>()
            .AddPart<FileRows>()
            .AddPart<PictureQueue>()
            .AddPart<KeepFiles>()
            .AddPart<ForeignPictures>()
            .AddPart<UploadMedia>()
            .AddPart<OwnMedia>()
            .AddJob<DropFiles>()
            .AddJob<SweepMedia>()
            .AddJob<FetchAvatar>()
            .AddJob<DropPrivateFile>();
        services
            .AddPart<ArchiveRoom>()
            .AddPart<OrderArchive>()
            .AddPart<OrderImport>()
            .AddJob<SweepArchives>();
        services
            .AddPart<CardMeasures>()
            .AddPart<CardLinks>()
            .AddPart<CardPictures>()
            .AddJob<FetchCards>()
            .AddJob<SweepCards>();
        services
            .AddPart<JobOptions>()
            .AddPart<JobQueue>()
            .AddPart<TendJobs>()
            .AddPart<JobRunner>()
            .AddPart<ManageJobs>()
            .AddPart<ConsumerPlaces>()
            .AddPart<ConsumerWatch>()
            .AddJob<EraseAccountJob>()
            .AddJob<ShowPosts>()
            .AddJob<FindForgotten>()
            .AddJob<SendMail>();
        services
            .AddPart<LiveFeedOptions>()
            .AddPart<Listeners>()
            .AddPart<EventReader>()
            .AddPart<Audience>()
            .AddPart<EventLoader>()
            .AddPart<FilterEvents>()
            .AddPart<LoginCheck>()
            .AddPart<LiveFeed>();
        return services;
    }

    /// <summary>
    /// Adds an operation, or what operations are made of. Its one constructor may be internal, so that no door makes one of its
    /// own parts; what it takes is taken from the container.
    /// </summary>
    public static IServiceCollection AddPart<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors
                | DynamicallyAccessedMemberTypes.NonPublicConstructors
        )]
            T
    >(this IServiceCollection services)
        where T : class
    {
        // Known when compiling, so that a native file need not put the types together as it runs.
        services.AddSingleton<ILogger<T>, Logger<T>>();
        // Its constructor is looked for when it is made, which of most is the first request that needs it.
        return services.AddSingleton(Make<T>);
    }

    private static T Make<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicConstructors
                | DynamicallyAccessedMemberTypes.NonPublicConstructors
        )]
            T
    >(IServiceProvider services)
    {
        var constructor = typeof(T)
            .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Single(x => x.IsPublic || x.IsAssembly);
        return (T)
            constructor.Invoke(
                BindingFlags.DoNotWrapExceptions,
                binder: null,
                [.. constructor.GetParameters().Select(x => services.GetRequiredService(x.ParameterType))],
                culture: null
            );
    }

    /// <summary>Makes this the way to write, unless only reading is wanted. What it commits wakes the live feed.</summary>
    public static IServiceCollection AddWriteGate<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TGate
    >(this IServiceCollection services)
        where TGate : class, IWriteGate
    {
        services.AddSingleton<TGate>().AddSingleton<ILogger<TGate>, Logger<TGate>>();
        services.AddSingleton<IWriteGate>(x =>
            Get<PampsOptions>(x).Db.ReadOnly
                ? new ShutWriteGate()
                : new SignallingWriteGate(
                    new WatchedWriteGate(Get<TGate>(x), Get<WriteFaults>(x)),
                    Get<CommitSignal>(x),
                    Get<InstanceNotices>(x)
                )
        );
        return services;
    }

    private static T Get<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();
}
