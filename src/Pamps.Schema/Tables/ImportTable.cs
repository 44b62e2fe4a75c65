using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>A row of the table <c>import</c>: a file that somebody brings from elsewhere, and what became of it.</summary>
internal sealed class ImportRow
{
    public long Id { get; set; }
    public long UserId { get; set; }

    /// <summary>0 an archive of posts, 1 follows, 2 blocks, 3 mutes.</summary>
    public short Kind { get; set; }

    /// <summary>Who may see its posts at most.</summary>
    public short Visibility { get; set; }

    /// <summary>0 waits, 1 runs, 2 is done, 3 failed, 4 was cancelled.</summary>
    public short State { get; set; }

    /// <summary>How many times it was begun.</summary>
    public int Attempts { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime? EndedAt { get; set; }

    /// <summary>The file, as the private files are called; null once it has ended.</summary>
    public string? File { get; set; }
    public long Bytes { get; set; }

    /// <summary>How many items were looked at, of how many.</summary>
    public long Done { get; set; }
    public long Total { get; set; }

    /// <summary>What was taken in and what was left out, as JSON.</summary>
    public string? Report { get; set; }

    /// <summary>Why it failed, in a word.</summary>
    public string? Error { get; set; }
}

internal sealed class ImportTable : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> table)
    {
        table.ToTable("import");
        // Its file is another server's.
        table.StaysBehind();
        table.HasKey(x => x.Id).HasName("pk_import");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedNever();
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.Kind).HasColumnName("kind");
        table.Property(x => x.Visibility).HasColumnName("visibility");
        table.Property(x => x.State).HasColumnName("state").HasDefaultValue((short)0);
        table.Property(x => x.Attempts).HasColumnName("attempts").HasDefaultValue(0);
        table.Property(x => x.CreatedAt).HasColumnName("created_at");
        table.Property(x => x.EndedAt).HasColumnName("ended_at");
        table.Property(x => x.File).HasColumnName("file").HasMaxLength(40);
        table.Property(x => x.Bytes).HasColumnName("bytes").HasDefaultValue(0L);
        table.Property(x => x.Done).HasColumnName("done").HasDefaultValue(0L);
        table.Property(x => x.Total).HasColumnName("total").HasDefaultValue(0L);
        table.Property(x => x.Report).HasColumnName("report");
        table.Property(x => x.Error).HasColumnName("error").HasMaxLength(40);
        table
            .HasOne<UserRow>()
            .WithMany()
            .HasForeignKey(x => x.UserId)
            .HasConstraintName("fk_import_user")
            .OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(x => new { x.UserId, x.Id }).HasDatabaseName("ix_import_user");
        // One at a time for each.
        table.HasIndex(x => x.UserId, "ux_import_open").IsUnique().HasFilter("ended_at IS NULL");
        table.HasIndex(x => x.Id, "ix_import_waiting").HasFilter("ended_at IS NULL");
        table.HasIndex(x => x.EndedAt, "ix_import_ended").HasFilter("ended_at IS NOT NULL");
    }
}
