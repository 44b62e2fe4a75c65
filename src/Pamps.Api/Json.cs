using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Pamps.Api.Archives;
using Pamps.Api.Filters;
using Pamps.Api.Health;
using Pamps.Api.Invitations;
using Pamps.Api.Media;
using Pamps.Api.Moderation;
using Pamps.Api.Notifications;
using Pamps.Api.OAuth;
using Pamps.Api.Posts;
using Pamps.Api.Sessions;
using Pamps.Api.Site;
using Pamps.Api.Streaming;
using Pamps.Api.Tags;
using Pamps.Api.Users;
using Pamps.Http;

namespace Pamps.Api;

/// <summary>Every type that crosses the wire, with code generated to read and write it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(UserRequest))]
[JsonSerializable(typeof(UserResponse[]))]
[JsonSerializable(typeof(ProfileResponse))]
[JsonSerializable(typeof(OwnProfileResponse))]
[JsonSerializable(typeof(ProfileChange))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(ForgottenPassword))]
[JsonSerializable(typeof(PasswordReset))]
[JsonSerializable(typeof(PasswordResetResponse))]
[JsonSerializable(typeof(PasswordTokenResponse))]
[JsonSerializable(typeof(EmailRequest))]
[JsonSerializable(typeof(EmailConfirmation))]
[JsonSerializable(typeof(EmailResponse))]
[JsonSerializable(typeof(SecondFactorBegin))]
[JsonSerializable(typeof(SecondFactorConfirmation))]
[JsonSerializable(typeof(SecondFactorProof))]
[JsonSerializable(typeof(SecondFactorResponse))]
[JsonSerializable(typeof(NewSecondFactorResponse))]
[JsonSerializable(typeof(RecoveryCodesResponse))]
[JsonSerializable(typeof(PasskeyBegin))]
[JsonSerializable(typeof(PasskeyBegunResponse))]
[JsonSerializable(typeof(PasskeyRequest))]
[JsonSerializable(typeof(PasskeyChange))]
[JsonSerializable(typeof(PasskeyRemoval))]
[JsonSerializable(typeof(PasskeyResponse[]))]
[JsonSerializable(typeof(InvitationRequest))]
[JsonSerializable(typeof(InvitationResponse[]))]
[JsonSerializable(typeof(GivenInvitationResponse))]
[JsonSerializable(typeof(ArchiveResponse))]
[JsonSerializable(typeof(ImportResponse[]))]
[JsonSerializable(typeof(RegistrationResponse[]))]
[JsonSerializable(typeof(AppealRequest))]
[JsonSerializable(typeof(AppealClosing))]
[JsonSerializable(typeof(AppealResponse[]))]
[JsonSerializable(typeof(SuspensionRequest))]
[JsonSerializable(typeof(SiteResponse))]
[JsonSerializable(typeof(SiteTextRequest))]
[JsonSerializable(typeof(SiteTextResponse[]))]
[JsonSerializable(typeof(OwnDeletion))]
[JsonSerializable(typeof(FollowResponse))]
[JsonSerializable(typeof(BlockResponse))]
[JsonSerializable(typeof(MuteRequest))]
[JsonSerializable(typeof(MuteResponse))]
[JsonSerializable(typeof(MutedUserResponse[]))]
[JsonSerializable(typeof(FilterRequest))]
[JsonSerializable(typeof(FilterResponse[]))]
[JsonSerializable(typeof(AccountChange))]
[JsonSerializable(typeof(AccountResponse))]
[JsonSerializable(typeof(PostRequest))]
[JsonSerializable(typeof(PostChange))]
[JsonSerializable(typeof(PostResponse[]))]
[JsonSerializable(typeof(PostResponseWithReplies))]
[JsonSerializable(typeof(LikeResponse))]
[JsonSerializable(typeof(BookmarkResponse))]
[JsonSerializable(typeof(MediaResponse))]
[JsonSerializable(typeof(MediaChange))]
[JsonSerializable(typeof(SessionResponse[]))]
[JsonSerializable(typeof(UserInfoResponse))]
[JsonSerializable(typeof(EntityResponse))]
[JsonSerializable(typeof(TagResponse[]))]
[JsonSerializable(typeof(NotificationResponse[]))]
[JsonSerializable(typeof(ReadMark))]
[JsonSerializable(typeof(UnreadResponse))]
[JsonSerializable(typeof(PolicyRequest))]
[JsonSerializable(typeof(PolicyResponse))]
[JsonSerializable(typeof(AsideResponse[]))]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(MadeReportResponse))]
[JsonSerializable(typeof(ReportResponse[]))]
[JsonSerializable(typeof(WholeReportResponse))]
[JsonSerializable(typeof(ReportClosing))]
[JsonSerializable(typeof(PersonResponse))]
[JsonSerializable(typeof(OtherAccountResponse[]))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(ActionResponse[]))]
[JsonSerializable(typeof(NoticeMark))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(ConfigResponse))]
[JsonSerializable(typeof(DeletedPostResponse))]
[JsonSerializable(typeof(GoneResponse))]
[JsonSerializable(typeof(ImportEndedResponse))]
internal sealed partial class Json : JsonSerializerContext
{
    public static void Configure(JsonOptions options, SiteLinks links) =>
        options.SerializerOptions.TypeInfoResolverChain.Insert(
            0,
            links.FilesOrigin is null ? Default : Default.WithAddedModifier(new FileAddresses(links).PutInto)
        );
}
