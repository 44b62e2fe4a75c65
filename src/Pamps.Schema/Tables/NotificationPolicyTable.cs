using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>notification_policy</c>: whose notifications somebody wants to be told of. Who wants to be told of all has none. It goes
/// with the account.
/// </summary>
internal sealed class NotificationPolicyRow
{
    public long UserId { get; set; }
    public short NotFollowing { get; set; }
    public short NotFollowers { get; set; }
    public short NewAccounts { get; set; }
    public short Direct { get; set; }
}

internal sealed class NotificationPolicyTable : IEntityTypeConfiguration<NotificationPolicyRow>
{
    public void Configure(EntityTypeBuilder<NotificationPolicyRow> table)
    {
        table.ToTable("notification_policy");
        table.HasKey(x => x.UserId).HasName("pk_notification_policy");
        table.Property(x => x.UserId).HasColumnName("user_id").ValueGeneratedNever();
        table.Property(x => x.NotFollowing).HasColumnName("not_following");
        table.Property(x => x.NotFollowers).HasColumnName("not_followers");
        table.Property(x => x.NewAccounts).HasColumnName("new_accounts");
        table.Property(x => x.Direct).HasColumnName("direct");
        table
            .HasOne<AccountRow>()
            .WithOne()
            .HasForeignKey<NotificationPolicyRow>(x => x.UserId)
            .HasConstraintName("fk_notification_policy_account")
            .OnDelete(DeleteBehavior.Cascade);
    }
}
