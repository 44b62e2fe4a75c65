using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
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
using Pamps.Api.Tags;
using Pamps.Api.Users;
using Pamps.Auth;
using Pamps.Http;

namespace Pamps.Api.OpenApi;

/// <summary>An example of every body, as it looks on the wire.</summary>
internal static class Examples
{
    private const string Post = """
        "id": 371905837563904, "text": "Good morning, #Pamps!", "date": "2026-10-30T11:05:02.417000+00:00",
        "user_id": 371905800212480, "parent_id": null, "username": "ana", "avatar": "https://example.org/ana.png",
        "display_name": "Ana Maria",
        "likes_count": 2, "replies_count": 1, "liked": true, "edited_at": null,
        "entities": [{ "kind": "hashtag", "start": 14, "length": 6, "tag": "pamps" }], "visibility": "public", "parent_username": null,
        "media": [], "pinned": false, "card": null, "sensitive": false
        """;

    private const string Reply = """
        "id": 371905902444544, "text": "Good morning to you, @ana!", "date": "2026-10-30T11:05:18.122000+00:00",
        "user_id": 371905811447808, "parent_id": 371905837563904, "username": "beto", "avatar": null, "display_name": null,
        "likes_count": 0, "replies_count": 0, "liked": false, "edited_at": null,
        "entities": [{ "kind": "mention", "start": 21, "length": 4, "username": "ana", "user_id": 371905800212480 }], "visibility": "public",
        "parent_username": "ana", "media": [], "pinned": false, "card": null, "sensitive": false
        """;

    private const string User = """
        "id": 371905800212480, "username": "ana", "avatar": "https://example.org/ana.png", "bio": "Coffee and birds.", "display_name": "Ana Maria"
        """;

    private const string OtherUser = """
        "id": 371905811447808, "username": "beto", "avatar": null, "bio": null, "display_name": null
        """;

    private const string Media = """
        { "id": 371905837400064, "kind": "image", "width": 3324, "height": 2493,
          "url": "/media/files/1f0c5d2f9a3b4c6d7e8f90112233445566778899aabbccddeeff001122334455.jpg",
          "preview_url": "/media/files/90112233445566778899aabbccddeeff0011223344551f0c5d2f9a3b4c6d7e8f.webp",
          "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj", "description": "A gull on a bollard", "focus": { "x": 0.25, "y": -0.5 }, "duration": null }
        """;

    private const string CardPicture = """
        { "url": "/media/files/3445566778899aabbccddeeff0011223344551f0c5d2f9a3b4c6d7e8f90112233.webp", "width": 662, "height": 347,
          "blurhash": "LEHV6nWB2yk8pyo0adR*.7kCMdnj" }
        """;

    private const string ImportReport = """
        { "source": "mastodon", "made": 1180, "here": 0, "pictures": 96, "bookmarks": 4, "left_out": [{ "reason": "boost", "count": 310, "examples": [] }] }
        """;

    private const string Profile =
        User
        + """
            , "created_at": "2026-10-30T11:04:53.298000+00:00", "posts_count": 12, "followers_count": 3, "following_count": 5,
            "followed": true, "locked": false,
            "fields": [{ "name": "Where", "value": "Pampas" }], "header": null, "requested": false, "follows_you": true, "blocked": false, "muted": false
            """;

    private const string Report = $$"""
        { "id": 371905902444546, "user": { {{OtherUser}} }, "reporter": { {{User}} }, "category": "spam", "rule": null, "text": "The same under each of my posts.",
          "posts_count": 1, "created_at": "2026-10-30T11:05:18.122000+00:00", "closed_at": null, "outcome": null, "closed_by": null }
        """;

    private const string ReportedPost = """
        { "id": 371905902444544, "text": "Cheap gulls!", "date": "2026-10-30T11:05:18.122000+00:00", "visibility": "public", "exists": true }
        """;

    private const string Person = $$"""
        { "user": { {{OtherUser}} }, "role": "member", "created_at": "2026-10-30T11:04:53.298000+00:00", "silenced_at": null,
          "suspended_at": "2026-10-30T11:06:18.122000+00:00", "erase_at": "2026-11-29T11:06:18.122000+00:00", "open_reports": 1 }
        """;

    private const string Action = """
        { "id": 371905902444547, "action": "suspend", "by": "caio", "report_id": 371905902444546, "message": "No advertising here.",
          "created_at": "2026-10-30T11:06:18.122000+00:00", "seen_at": null,
          "appeal": "It was a joke.", "appealed_at": "2026-10-30T11:07:18.122000+00:00", "appeal_outcome": null }
        """;

    private const string Token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl";

    private const string Opaque = "5TqQzvQbBqvX3mYyR0k7nVZs1uC2pD4eF6gH8iJ9kLm";

    private static readonly Dictionary<Type, string> Bodies = new()
    {
        [typeof(PostRequest)] =
            """{ "text": "Good morning, #Pamps!", "parent_id": null, "visibility": "public", "media_ids": [371905837400064] }""",
        [typeof(PostChange)] = """{ "text": "Good morning, all of Pamps!" }""",
        [typeof(MediaResponse)] = Media,
        [typeof(MediaChange)] = """{ "description": "A gull on a bollard", "focus": "0.25,-0.5" }""",
        [typeof(PostResponse)] = $"{{ {Post} }}",
        [typeof(PostResponseWithReplies)] = $"{{ {Post}, \"replies\": [{{ {Reply} }}] }}",
        [typeof(EntityResponse)] =
            """{ "kind": "mention", "start": 21, "length": 4, "username": "ana", "user_id": 371905800212480 }""",
        [typeof(CardResponse)] =
            $$"""{ "url": "https://example.org/gulls", "title": "Gulls of the coast", "description": "Where they nest, and when they leave.", "site_name": "Example", "author": "Ana Maria", "picture": {{CardPicture}} }""",
        [typeof(CardPictureResponse)] = CardPicture,
        [typeof(TagResponse)] = """{ "tag": "pamps" }""",
        [typeof(LikeResponse)] =
            """{ "user_id": 371905811447808, "post_id": 371905837563904, "date": "2026-10-30T11:06:40.005000+00:00" }""",
        [typeof(BookmarkResponse)] =
            """{ "user_id": 371905811447808, "post_id": 371905837563904, "date": "2026-10-30T11:06:40.005000+00:00" }""",
        [typeof(UserRequest)] =
            """{ "email": "ana@example.org", "username": "ana", "password": "correct horse", "avatar": "https://example.org/ana.png", "bio": "Coffee and birds." }""",
        [typeof(UserResponse)] = $"{{ {User} }}",
        [typeof(ProfileResponse)] = $"{{ {Profile} }}",
        [typeof(OwnProfileResponse)] =
            $"{{ {Profile}, \"email\": \"ana@example.org\", \"superuser\": false, \"media_bytes\": 1048576, \"role\": \"member\", \"has_notices\": false, \"email_needed\": false }}",
        [typeof(ProfileChange)] =
            """{ "display_name": "Ana Maria", "bio": "Coffee, birds and trains.", "avatar_media_id": 371905837400064, "fields": [{ "name": "Where", "value": "Pampas" }] }""",
        [typeof(FieldRequest)] = """{ "name": "Where", "value": "Pampas" }""",
        [typeof(FieldResponse)] = """{ "name": "Where", "value": "Pampas" }""",
        [typeof(PasswordChange)] =
            """{ "current_password": "correct horse", "new_password": "battery staple" }""",
        [typeof(ForgottenPassword)] = """{ "username": "ana@example.org" }""",
        [typeof(PasswordReset)] =
            """{ "token": "AAFSQV3NkAAAAAGW0yqjGmZxV0vJcQ6w1dXb8mT2hLr4nKqE5uYoIaPsDfGhJkLz", "password": "battery staple" }""",
        [typeof(PasswordTokenResponse)] =
            """{ "username": "ana", "token": "AAFSQV3NkAAAAAGW0yqjGmZxV0vJcQ6w1dXb8mT2hLr4nKqE5uYoIaPsDfGhJkLz", "link": "https://example.org/reset-password#AAFSQV3NkAAAAAGW0yqjGmZxV0vJcQ6w1dXb8mT2hLr4nKqE5uYoIaPsDfGhJkLz", "expires_at": "2026-10-30T12:05:02.417000+00:00" }""",
        [typeof(PasswordResetResponse)] = """{ "username": "ana" }""",
        [typeof(EmailRequest)] = """{ "email": "ana@example.net", "password": "correct horse" }""",
        [typeof(EmailConfirmation)] =
            """{ "token": "AAFSQV3NkAAAAAGW0yqjGmZxV0vJcQ6w1dXb8mT2hLr4nKqE5uYoIaPsDfGhJkLzYW5hQGV4YW1wbGUubmV0" }""",
        [typeof(EmailResponse)] =
            """{ "email": "ana@example.net", "confirmed_at": "2026-10-30T11:05:18.122000+00:00" }""",
        [typeof(SecondFactorBegin)] = """{ "password": "correct horse" }""",
        [typeof(SecondFactorConfirmation)] = """{ "code": "287082" }""",
        [typeof(SecondFactorProof)] = """{ "password": "correct horse", "code": "287082" }""",
        [typeof(SecondFactorResponse)] =
            """{ "enabled": true, "since": "2026-10-30T11:05:18.122000+00:00", "recovery_codes_left": 9 }""",
        [typeof(NewSecondFactorResponse)] =
            """{ "secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "uri": "otpauth://totp/Pamps:ana%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Pamps" }""",
        [typeof(RecoveryCodesResponse)] = """{ "recovery_codes": ["mfrggz-dfmy4t-qnzxha-ydambr"] }""",
        [typeof(PasskeyBegin)] = """{ "password": "correct horse" }""",
        [typeof(PasskeyBegunResponse)] =
            """{ "options": { "rp": { "id": "example.org", "name": "example.org" }, "challenge": "XmI2FST9CpJ2oajlaBnRURTOKfiP_DOX63catTOMies" }, "state": "QyaKrpL3tVJxyBwqPqB9bWdnlXJ3wS4k" }""",
        [typeof(PasskeyRequest)] =
            """{ "name": "Firefox on Linux", "state": "QyaKrpL3tVJxyBwqPqB9bWdnlXJ3wS4k", "credential": { "id": "TQf4p8g0vRk", "rawId": "TQf4p8g0vRk", "type": "public-key", "response": { "clientDataJSON": "eyJ0eXBlIjo", "attestationObject": "o2NmbXRk" } } }""",
        [typeof(PasskeyChange)] = """{ "name": "My telephone" }""",
        [typeof(PasskeyRemoval)] = """{ "password": "correct horse" }""",
        [typeof(PasskeyResponse)] =
            """{ "id": 371905902444547, "name": "Firefox on Linux", "created_at": "2026-10-30T11:05:18.122000+00:00", "last_used_at": null }""",
        [typeof(InvitationRequest)] = """{ "uses": 5, "days": 7 }""",
        [typeof(InvitationResponse)] =
            """{ "id": 371905902444545, "code": "BSjzq0xAAAFx3Wm0cV9sKQ7tYh2LpEuA", "link": "https://example.org/sign-up#BSjzq0xAAAFx3Wm0cV9sKQ7tYh2LpEuA", "uses": 5, "used": 1, "created_at": "2026-10-30T11:05:18.122000+00:00", "expires_at": "2026-11-06T11:05:18.122000+00:00" }""",
        [typeof(GivenInvitationResponse)] =
            $"{{ \"by\": {{ {User} }}, \"expires_at\": \"2026-11-06T11:05:18.122000+00:00\" }}",
        [typeof(ArchiveResponse)] =
            """{ "state": "ready", "asked_at": "2026-10-30T11:05:18.122000+00:00", "ended_at": "2026-10-30T11:06:40.500000+00:00", "bytes": 48213374, "expires_at": "2026-11-06T11:06:40.500000+00:00", "next_at": "2026-10-31T11:05:18.122000+00:00" }""",
        [typeof(ImportResponse)] =
            $$"""{ "id": 371905902444547, "kind": "archive", "state": "done", "created_at": "2026-10-30T11:05:18.122000+00:00", "ended_at": "2026-10-30T11:06:40.500000+00:00", "bytes": 48213374, "done": 1203, "total": 1203, "error": null, "report": {{ImportReport}} }""",
        [typeof(ImportReportResponse)] = ImportReport,
        [typeof(LeftOutResponse)] = """{ "reason": "boost", "count": 310, "examples": [] }""",
        [typeof(SiteResponse)] = """
            { "about": "<p>For everybody who lives here.</p>", "privacy": null, "contact": "<p><a href=\"mailto:ana@example.org\">Ana</a></p>",
              "rules": [{ "number": 1, "text": "Be kind." }],
              "announcement": { "text": "<p>We are away on Sunday.</p>", "ends_at": "2026-11-06T11:05:18.122000+00:00", "updated_at": "2026-10-30T11:05:18.122000+00:00" } }
            """,
        [typeof(SiteTextRequest)] = """{ "body": "Be kind.\nNo advertising.", "ends_at": null }""",
        [typeof(SiteTextResponse)] =
            """{ "key": "rules", "locale": "en", "body": "Be kind.\nNo advertising.", "ends_at": null, "updated_at": "2026-10-30T11:05:18.122000+00:00" }""",
        [typeof(AppealRequest)] = """{ "text": "It was a joke." }""",
        [typeof(AppealClosing)] = """{ "outcome": "accepted" }""",
        [typeof(AppealResponse)] = $"{{ \"user\": {{ {OtherUser} }}, \"action\": {Action} }}",
        [typeof(SuspensionRequest)] =
            """{ "username": "beto", "password": "correct horse", "text": "It was a joke." }""",
        [typeof(RegistrationResponse)] =
            $"{{ \"user\": {{ {User} }}, \"email\": \"ana@example.org\", \"reason\": \"Beto told me of you.\", \"created_at\": \"2026-10-30T11:05:18.122000+00:00\" }}",
        [typeof(OwnDeletion)] = """{ "password": "correct horse" }""",
        [typeof(FollowResponse)] =
            """{ "from": 371905811447808, "to": 371905800212480, "date": "2026-10-30T11:06:12.870000+00:00" }""",
        [typeof(BlockResponse)] =
            """{ "from": 371905811447808, "to": 371905800212480, "date": "2026-10-30T11:06:12.870000+00:00" }""",
        [typeof(FilterRequest)] =
            """{ "title": "Elections", "context": ["home", "public"], "filter_action": "warn", "keywords": [{ "keyword": "ballot", "whole_word": true }], "expires_in": 604800 }""",
        [typeof(FilterKeywordRequest)] = """{ "keyword": "ballot", "whole_word": true }""",
        [typeof(FilterResponse)] =
            """{ "id": 371905902444550, "title": "Elections", "context": ["home", "public"], "filter_action": "warn", "expires_at": "2026-11-06T11:05:18.122000+00:00", "keywords": [{ "id": 371905902444551, "keyword": "ballot", "whole_word": true }] }""",
        [typeof(FilterKeywordResponse)] =
            """{ "id": 371905902444551, "keyword": "ballot", "whole_word": true }""",
        [typeof(FilteredResponse)] =
            """{ "id": 371905902444550, "title": "Elections", "filter_action": "warn", "keyword_matches": ["ballot"] }""",
        [typeof(MuteRequest)] = """{ "duration": 86400, "notifications": true }""",
        [typeof(MuteResponse)] =
            """{ "from": 371905811447808, "to": 371905800212480, "date": "2026-10-30T11:06:12.870000+00:00", "expires_at": "2026-10-31T11:06:12.870000+00:00", "notifications": true }""",
        [typeof(MutedUserResponse)] = $"{{ {OtherUser}, \"expires_at\": null, \"notifications\": true }}",
        [typeof(AccountChange)] = """{ "active": false }""",
        [typeof(AccountResponse)] =
            $"{{ {User}, \"superuser\": false, \"active\": true, \"role\": \"member\" }}",
        [typeof(NotificationResponse)] =
            $"{{ \"id\": 371905902444545, \"kind\": \"reply\", \"date\": \"2026-10-30T11:05:18.122000+00:00\", \"read\": false, \"user\": {{ {OtherUser} }}, \"post\": {{ {Reply} }} }}",
        [typeof(ReadMark)] = """{ "up_to": 371905902444545 }""",
        [typeof(PolicyRequest)] = """{ "not_following": "aside", "direct": "drop" }""",
        [typeof(PolicyResponse)] =
            """{ "not_following": "aside", "not_followers": "accept", "new_accounts": "accept", "direct": "drop" }""",
        [typeof(AsideResponse)] =
            $"{{ \"user\": {{ {OtherUser} }}, \"count\": 3, \"date\": \"2026-10-30T11:05:18.122000+00:00\" }}",
        [typeof(UnreadResponse)] = """{ "count": 3 }""",
        [typeof(SessionResponse)] = """
            { "id": 371905800212481, "created_at": "2026-10-30T11:04:53.298000+00:00", "expires_at": "2026-10-30T21:34:53.000000+00:00",
              "last_used_at": "2026-10-30T11:34:53.004000+00:00", "client": "Mozilla/5.0 (X11; Linux x86_64)", "current": true, "program": null }
            """,
        [typeof(ProgramResponse)] =
            """{ "name": "Tusky", "website": "https://tusky.app", "scopes": ["read", "write"] }""",
        [typeof(OAuthApplicationForm)] =
            """{ "client_name": "Tusky", "redirect_uris": "tusky://pamps.example", "scopes": "read write follow push", "website": "https://tusky.app" }""",
        [typeof(OAuthApplicationAnswer)] =
            $$"""{ "id": "371905800212482", "name": "Tusky", "website": "https://tusky.app", "scopes": ["read", "write", "follow", "push"], "redirect_uri": "tusky://pamps.example", "redirect_uris": ["tusky://pamps.example"], "client_id": "371905800212482", "client_secret": "{{Opaque}}", "client_secret_expires_at": 0 }""",
        [typeof(OAuthTokenForm)] =
            $$"""{ "grant_type": "authorization_code", "client_id": "371905800212482", "client_secret": "{{Opaque}}", "code": "{{Opaque}}", "redirect_uri": "tusky://pamps.example", "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" }""",
        [typeof(OAuthTokenAnswer)] =
            $$"""{ "access_token": "{{Opaque}}", "token_type": "Bearer", "scope": "read write follow push", "created_at": 1793358302 }""",
        [typeof(OAuthRevocationForm)] =
            $$"""{ "token": "{{Opaque}}", "client_id": "371905800212482", "client_secret": "{{Opaque}}" }""",
        [typeof(OAuthRevocationAnswer)] = "{}",
        [typeof(OAuthErrorAnswer)] =
            """{ "error": "invalid_grant", "error_description": "The code is not good" }""",
        [typeof(OAuthMetadataAnswer)] =
            """{ "issuer": "https://pamps.example", "authorization_endpoint": "https://pamps.example/oauth/authorize", "token_endpoint": "https://pamps.example/oauth/token", "revocation_endpoint": "https://pamps.example/oauth/revoke", "userinfo_endpoint": "https://pamps.example/oauth/userinfo", "app_registration_endpoint": "https://pamps.example/api/v1/apps", "scopes_supported": ["read", "write"], "response_types_supported": ["code"], "response_modes_supported": ["query"], "grant_types_supported": ["authorization_code", "client_credentials"], "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"], "code_challenge_methods_supported": ["S256"], "authorization_response_iss_parameter_supported": true }""",
        [typeof(ConsentRequest)] =
            """{ "client_id": "371905800212482", "redirect_uri": "tusky://pamps.example", "allow": true, "response_type": "code", "scope": "read write", "state": "xyz", "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256" }""",
        [typeof(ConsentAnswer)] =
            """{ "name": "Tusky", "website": "https://tusky.app", "redirect_uri": "tusky://pamps.example", "scopes": ["read", "write"] }""",
        [typeof(ConsentGivenAnswer)] =
            $$"""{ "redirect_to": "tusky://pamps.example?code={{Opaque}}&state=xyz&iss=https%3A%2F%2Fpamps.example", "code": null }""",
        [typeof(UserInfoResponse)] =
            """{ "iss": "https://pamps.example", "sub": "371905800212480", "name": "Ana Maria", "preferred_username": "ana", "profile": "https://pamps.example/@ana", "picture": "https://example.org/ana.png" }""",
        [typeof(PasskeyOptionsAnswer)] =
            """{ "options": { "rpId": "example.org", "challenge": "70AlYPxTAJ8yKjXk3DybEgSnOGbGUpWaDWJHsYjiRrg", "userVerification": "required" } }""",
        [typeof(PasskeySignInRequest)] =
            """{ "credential": { "id": "TQf4p8g0vRk", "rawId": "TQf4p8g0vRk", "type": "public-key", "response": { "clientDataJSON": "eyJ0eXBlIjo", "authenticatorData": "SZYN5YgO", "signature": "MEUCIQD", "userHandle": "b3RoZXI" } } }""",
        [typeof(SignInRequest)] = """{ "username": "ana", "password": "correct horse" }""",
        [typeof(SessionAnswer)] =
            $"{{ \"access_token\": \"{Token}\", \"token_type\": \"bearer\", \"expires_in\": 1800 }}",
        [typeof(ConfigResponse)] =
            """{ "name": "Pamps", "description": "Short posts from our town.", "version": "0.1.0", "post_max_length": 500, "password_min_length": 8, "mail": true, "confirm_email": true, "registration": "open", "members_invite": false, "media": { "types": ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"], "max_bytes": 16777216, "max_per_post": 4, "description_max_length": 1500, "quota_bytes": 1073741824, "video": { "types": ["video/mp4", "video/quicktime", "video/webm"], "max_bytes": 104857600, "max_seconds": 120 }, "audio": { "types": ["audio/mpeg", "audio/mp4", "audio/ogg"], "max_bytes": 104857600, "max_seconds": 600 } } }""",
        [typeof(ReportRequest)] =
            """{ "username": "beto", "category": "spam", "text": "The same under each of my posts.", "posts": [371905902444544] }""",
        [typeof(MadeReportResponse)] =
            """{ "id": 371905902444546, "created_at": "2026-10-30T11:05:18.122000+00:00" }""",
        [typeof(ReportResponse)] = Report,
        [typeof(ReportedPostResponse)] = ReportedPost,
        [typeof(WholeReportResponse)] =
            $$"""{ "report": {{Report}}, "posts": [{{ReportedPost}}], "person": {{Person}}, "history": [{{Action}}] }""",
        [typeof(ReportClosing)] = """{ "outcome": "dismissed" }""",
        [typeof(PersonResponse)] = Person,
        [typeof(OtherAccountResponse)] =
            $$"""{ "person": {{Person}}, "networks_count": 2, "last_at": "2026-10-30T11:05:18.122000+00:00" }""",
        [typeof(ActionRequest)] =
            """{ "action": "suspend", "message": "No advertising here.", "report_id": 371905902444546 }""",
        [typeof(ActionResponse)] = Action,
        [typeof(NoticeMark)] = """{ "up_to": 371905902444547 }""",
        [typeof(HealthResponse)] = """{ "status": "ok" }""",
        [typeof(TokenForm)] =
            """{ "grant_type": "password", "username": "ana", "password": "correct horse" }""",
        [typeof(TokenAnswer)] =
            $"{{ \"access_token\": \"{Token}\", \"refresh_token\": \"{Token}\", \"token_type\": \"bearer\", \"expires_in\": 1800 }}",
        [typeof(RefreshRequest)] = $"{{ \"refresh_token\": \"{Token}\" }}",
        [typeof(Problem)] = """
            { "type": "about:blank", "title": "Unprocessable Entity", "status": 422, "code": "invalid", "detail": "The text is empty.",
              "errors": { "text": ["The text is empty."] }, "codes": { "text": ["empty"] },
              "trace_id": "6e4f2ab19b7a4f30a1a2c3d4e5f60718" }
            """,
    };

    public static Task AddTo(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken _
    )
    {
        if (context.JsonTypeInfo.Type == typeof(Problem) && context.JsonPropertyInfo is null)
        {
            // Left out where no field is to blame.
            schema.Required?.ExceptWith(["errors", "codes", "limits"]);
        }
        if (Bodies.TryGetValue(context.JsonTypeInfo.Type, out var example))
        {
            schema.Examples = [JsonNode.Parse(example)!];
        }
        return Task.CompletedTask;
    }
}
