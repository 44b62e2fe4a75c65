using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Pamps.Core.Events;
using Pamps.Core.Follows;
using Pamps.Core.Instances;
using Pamps.Core.Notifications;
using Pamps.Core.Posts;
using Pamps.Core.Users;
using Pamps.Core.Writes;

namespace Pamps.Core;

/// <summary>The schema: names, keys, references, ranges, and an index for every list that is read.</summary>
internal static class Tables
{
    public static void Describe(ModelBuilder model)
    {
        model.Entity<User>(DescribeUser);
        model.Entity<Login>(DescribeLogin);
        model.Entity<Post>(DescribePost);
        model.Entity<Like>(DescribeLike);
        model.Entity<Follow>(DescribeFollow);
        model.Entity<Answered>(DescribeAnswered);
        model.Entity<Mention>(DescribeMention);
        model.Entity<Hashtag>(DescribeHashtag);
        model.Entity<Notification>(DescribeNotification);
        model.Entity<Event>(DescribeEvent);
        model.Entity<SignInFailure>(DescribeSignInFailure);
        model.Entity<Lease>(DescribeLease);
    }

    private static void DescribeUser(EntityTypeBuilder<User> user)
    {
        user.ToTable(
            "user",
            table =>
                table.HasCheckConstraint(
                    "ck_user_counts",
                    "posts_count >= 0 AND followers_count >= 0 AND following_count >= 0"
                )
        );
        user.HasKey(x => x.Id).HasName("pk_user");
        user.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        user.Property(x => x.Username).HasColumnName("username").HasMaxLength(30);
        user.Property(x => x.UsernameKey).HasColumnName("username_key").HasMaxLength(30);
        user.Property(x => x.Email).HasColumnName("email").HasMaxLength(254);
        user.Property(x => x.EmailKey).HasColumnName("email_key").HasMaxLength(254);
        user.Property(x => x.Avatar).HasColumnName("avatar").HasMaxLength(2048);
        user.Property(x => x.Bio).HasColumnName("bio").HasMaxLength(500);
        user.Property(x => x.Password).HasColumnName("password").HasMaxLength(256);
        user.Property(x => x.Superuser).HasColumnName("superuser");
        user.Property(x => x.Active).HasColumnName("active");
        user.Property(x => x.CreatedAt).HasColumnName("created_at");
        user.Property(x => x.PostsCount).HasColumnName("posts_count");
        user.Property(x => x.FollowersCount).HasColumnName("followers_count");
        user.Property(x => x.FollowingCount).HasColumnName("following_count");
        user.Property(x => x.NotificationsRead).HasColumnName("notifications_read").HasDefaultValue(0L);
        user.HasIndex(x => x.UsernameKey).IsUnique().HasDatabaseName("ux_user_username_key");
        user.HasIndex(x => x.EmailKey).IsUnique().HasDatabaseName("ux_user_email_key");
    }

    private static void DescribeLogin(EntityTypeBuilder<Login> login)
    {
        login.ToTable("login");
        login.HasKey(x => x.Id).HasName("pk_login");
        login.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        login.Property(x => x.UserId).HasColumnName("user_id");
        login.Property(x => x.RefreshJti).HasColumnName("refresh_jti").HasMaxLength(64);
        login.Property(x => x.PreviousJti).HasColumnName("previous_jti").HasMaxLength(64);
        login.Property(x => x.CreatedAt).HasColumnName("created_at");
        login.Property(x => x.ExpiresAt).HasColumnName("expires_at");
        login.Property(x => x.LastUsedAt).HasColumnName("last_used_at");
        login.Property(x => x.Client).HasColumnName("client").HasMaxLength(200);
        login.HasOne<User>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_login_user");
        login.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_login_user");
        login.HasIndex(x => x.ExpiresAt).HasDatabaseName("ix_login_expires_at");
    }

    private static void DescribePost(EntityTypeBuilder<Post> post)
    {
        post.ToTable(
            "post",
            table => table.HasCheckConstraint("ck_post_counts", "likes_count >= 0 AND replies_count >= 0")
        );
        post.HasKey(x => x.Id).HasName("pk_post");
        post.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        post.Property(x => x.Text).HasColumnName("text");
        post.Property(x => x.Date).HasColumnName("date");
        post.Property(x => x.UserId).HasColumnName("user_id");
        post.Property(x => x.ParentId).HasColumnName("parent_id");
        post.Property(x => x.EditedAt).HasColumnName("edited_at");
        post.Property(x => x.LikesCount).HasColumnName("likes_count");
        post.Property(x => x.RepliesCount).HasColumnName("replies_count");
        post.Property(x => x.Entities).HasColumnName("entities");
        post.HasOne<User>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_post_user");
        post.HasIndex(x => x.Id, "ix_post_home").HasFilter("parent_id IS NULL");
        post.HasIndex(x => new { x.UserId, x.Id }, "ix_post_user_all");
        post.HasIndex(x => new { x.UserId, x.Id }, "ix_post_user_own").HasFilter("parent_id IS NULL");
        post.HasIndex(x => x.Id, "ix_post_without_entities").HasFilter("entities IS NULL");
        post.HasIndex(x => new { x.ParentId, x.Id }, "ix_post_replies").HasFilter("parent_id IS NOT NULL");
    }

    private static void DescribeLike(EntityTypeBuilder<Like> like)
    {
        like.ToTable("like");
        like.HasKey(x => x.Id).HasName("pk_like");
        like.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        like.Property(x => x.UserId).HasColumnName("user_id");
        like.Property(x => x.PostId).HasColumnName("post_id");
        like.Property(x => x.Date).HasColumnName("date");
        like.HasOne<User>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_like_user");
        like.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId).HasConstraintName("fk_like_post");
        like.HasIndex(x => new { x.PostId, x.UserId }).IsUnique().HasDatabaseName("ux_like_post_user");
        like.HasIndex(x => new { x.PostId, x.Id }).HasDatabaseName("ix_like_post");
        like.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_like_user");
    }

    private static void DescribeFollow(EntityTypeBuilder<Follow> follow)
    {
        follow.ToTable(
            "social",
            table => table.HasCheckConstraint("ck_social_not_oneself", "\"from\" <> \"to\"")
        );
        follow.HasKey(x => x.Id).HasName("pk_social");
        follow.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        follow.Property(x => x.From).HasColumnName("from");
        follow.Property(x => x.To).HasColumnName("to");
        follow.Property(x => x.Date).HasColumnName("date");
        follow.HasOne<User>().WithMany().HasForeignKey(x => x.From).HasConstraintName("fk_social_from");
        follow.HasOne<User>().WithMany().HasForeignKey(x => x.To).HasConstraintName("fk_social_to");
        follow.HasIndex(x => new { x.From, x.To }).IsUnique().HasDatabaseName("ux_social_from_to");
        follow.HasIndex(x => new { x.To, x.Id }).HasDatabaseName("ix_social_to");
        follow.HasIndex(x => new { x.From, x.Id }).HasDatabaseName("ix_social_from");
    }

    private static void DescribeAnswered(EntityTypeBuilder<Answered> answered)
    {
        answered.ToTable("idempotency");
        answered.HasKey(x => new { x.UserId, x.Key }).HasName("pk_idempotency");
        answered.Property(x => x.UserId).HasColumnName("user_id");
        answered.Property(x => x.Key).HasColumnName("key").HasMaxLength(320);
        answered.Property(x => x.Fingerprint).HasColumnName("fingerprint").HasMaxLength(64);
        answered.Property(x => x.Answer).HasColumnName("answer");
        answered.Property(x => x.CreatedAt).HasColumnName("created_at");
        answered.HasIndex(x => x.CreatedAt).HasDatabaseName("ix_idempotency_created_at");
    }

    private static void DescribeMention(EntityTypeBuilder<Mention> mention)
    {
        mention.ToTable("mention");
        mention.HasKey(x => new { x.PostId, x.UserId }).HasName("pk_mention");
        mention.Property(x => x.PostId).HasColumnName("post_id");
        mention.Property(x => x.UserId).HasColumnName("user_id");
        mention.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId).HasConstraintName("fk_mention_post");
        mention.HasOne<User>().WithMany().HasForeignKey(x => x.UserId).HasConstraintName("fk_mention_user");
        mention.HasIndex(x => new { x.UserId, x.PostId }).HasDatabaseName("ix_mention_user");
    }

    private static void DescribeHashtag(EntityTypeBuilder<Hashtag> hashtag)
    {
        hashtag.ToTable("hashtag");
        hashtag.HasKey(x => new { x.Tag, x.PostId }).HasName("pk_hashtag");
        hashtag.Property(x => x.Tag).HasColumnName("tag").HasMaxLength(Hashtag.MaxLength);
        hashtag.Property(x => x.PostId).HasColumnName("post_id");
        hashtag.HasOne<Post>().WithMany().HasForeignKey(x => x.PostId).HasConstraintName("fk_hashtag_post");
        hashtag.HasIndex(x => x.PostId).HasDatabaseName("ix_hashtag_post_id");
    }

    private static void DescribeNotification(EntityTypeBuilder<Notification> notification)
    {
        notification.ToTable("notification");
        notification.HasKey(x => x.Id).HasName("pk_notification");
        notification.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        notification.Property(x => x.UserId).HasColumnName("user_id");
        notification.Property(x => x.Kind).HasColumnName("kind").HasConversion<short>();
        notification.Property(x => x.ActorId).HasColumnName("actor_id");
        notification.Property(x => x.PostId).HasColumnName("post_id");
        notification.Property(x => x.Date).HasColumnName("date");
        notification
            .HasOne<User>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_notification_user");
        notification
            .HasOne<User>()
            .WithMany()
            .HasForeignKey(x => x.ActorId)
            .HasConstraintName("fk_notification_actor");
        notification
            .HasOne<Post>()
            .WithMany()
            .HasForeignKey(x => x.PostId)
            .HasConstraintName("fk_notification_post")
            .OnDelete(DeleteBehavior.Cascade);
        notification.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_notification_user");
        notification.HasIndex(x => x.ActorId).HasDatabaseName("ix_notification_actor_id");
        // One deed, one notification, however often two requests race.
        notification
            .HasIndex(
                x => new
                {
                    x.PostId,
                    x.UserId,
                    x.ActorId,
                    x.Kind,
                },
                "ux_notification_post"
            )
            .IsUnique()
            .HasFilter("post_id IS NOT NULL");
        notification
            .HasIndex(
                x => new
                {
                    x.UserId,
                    x.ActorId,
                    x.Kind,
                },
                "ux_notification_user"
            )
            .IsUnique()
            .HasFilter("post_id IS NULL");
    }

    private static void DescribeEvent(EntityTypeBuilder<Event> happened)
    {
        happened.ToTable("event");
        happened.HasKey(x => x.Id).HasName("pk_event");
        happened.Property(x => x.Id).HasColumnName("id").ValueGeneratedOnAdd();
        happened.Property(x => x.Tx).HasColumnName("tx");
        happened.Property(x => x.Kind).HasColumnName("kind").HasConversion<short>();
        happened.Property(x => x.UserId).HasColumnName("user_id");
        happened.Property(x => x.SubjectId).HasColumnName("subject_id");
        happened.Property(x => x.ParentId).HasColumnName("parent_id");
        happened.Property(x => x.Date).HasColumnName("date");
        happened.HasIndex(x => new { x.Tx, x.Id }).HasDatabaseName("ix_event_place");
        happened.HasIndex(x => x.Date).HasDatabaseName("ix_event_date");
    }

    private static void DescribeSignInFailure(EntityTypeBuilder<SignInFailure> failure)
    {
        failure.ToTable("sign_in_failure");
        failure.HasKey(x => x.Key).HasName("pk_sign_in_failure");
        failure.Property(x => x.Key).HasColumnName("key").HasMaxLength(64);
        failure.Property(x => x.Count).HasColumnName("count");
        failure.Property(x => x.Since).HasColumnName("since");
        failure.HasIndex(x => x.Since).HasDatabaseName("ix_sign_in_failure_since");
    }

    private static void DescribeLease(EntityTypeBuilder<Lease> lease)
    {
        lease.ToTable("lease");
        lease.HasKey(x => x.Name).HasName("pk_lease");
        lease.Property(x => x.Name).HasColumnName("name").HasMaxLength(64);
        lease.Property(x => x.Until).HasColumnName("until");
    }
}
