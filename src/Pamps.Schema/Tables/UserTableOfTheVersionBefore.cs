using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// The columns by which versions before the migration People signed people in and closed accounts. Its triggers keep them and the
/// table <c>account</c> alike. Neither this program nor the version before looks at them, so a migration may drop both: take this
/// class away, and the triggers and their functions by hand.
/// </summary>
internal sealed class UserTableOfTheVersionBefore : IEntityTypeConfiguration<UserRow>
{
    public void Configure(EntityTypeBuilder<UserRow> table)
    {
        table.Property<string?>("email").HasMaxLength(254).StaysBehind();
        table.Property<string?>("email_key").HasMaxLength(254).StaysBehind();
        table.Property<string?>("password").HasMaxLength(256).StaysBehind();
        table.Property<bool?>("superuser").StaysBehind();
        table.Property<bool?>("active").StaysBehind();
        table.Property<long>("notifications_read").HasDefaultValue(0L).StaysBehind();
        table.HasIndex("email_key").IsUnique().HasDatabaseName("ux_user_email_key");
    }
}
