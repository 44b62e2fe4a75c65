using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// The columns by which instances of the version before, while they still run beside this one, sign people in and close accounts.
/// Triggers of the migration People keep them and the table <c>account</c> alike; this program never looks at them. The next
/// version's migration drops both: take this class away, and the triggers and their functions by hand.
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
