using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Pamps.Schema.Tables;

/// <summary>
/// A row of the table <c>event</c>: what happened, kept for a while so that a live stream that broke off goes on
/// where it was. It refers to rows that may be gone.
/// </summary>
internal sealed class EventRow
{
    /// <summary>Counted up by the database. On SQLite, where writes come one at a time, also the order of commits.</summary>
    public long Id { get; set; }

    /// <summary>
    /// On PostgreSQL, the transaction's number: transactions commit in another order than they draw ids, and a
    /// reader may pass only those older than every one still running. 0 on SQLite.
    /// </summary>
    public long Tx { get; set; }
    public short Kind { get; set; }

    /// <summary>The post's author; of a notification, who is told.</summary>
    public long UserId { get; set; }

    /// <summary>The post's id; of a notification, its own.</summary>
    public long SubjectId { get; set; }

    /// <summary>The post that the post replies to, where there is one.</summary>
    public long? ParentId { get; set; }
    public DateTime Date { get; set; }

    /// <summary>
    /// Who is told of a post that is only for some people: their ids, each between two commas, the author's among them. Null
    /// when it is for who follows the author.
    /// </summary>
    public string? Audience { get; set; }
}

internal sealed class EventTable : IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<EventRow> table)
    {
        table.ToTable("event");
        table.HasKey(x => x.Id).HasName("pk_event");
        table.Property(x => x.Id).HasColumnName("id").ValueGeneratedOnAdd();
        table.Property(x => x.Tx).HasColumnName("tx");
        table.Property(x => x.Kind).HasColumnName("kind");
        table.Property(x => x.UserId).HasColumnName("user_id");
        table.Property(x => x.SubjectId).HasColumnName("subject_id");
        table.Property(x => x.ParentId).HasColumnName("parent_id");
        table.Property(x => x.Date).HasColumnName("date");
        table.Property(x => x.Audience).HasColumnName("audience");
        table.HasIndex(x => new { x.Tx, x.Id }).HasDatabaseName("ix_event_place");
        table.HasIndex(x => x.Date).HasDatabaseName("ix_event_date");
        // A place in the log of one database means nothing in another.
        table.StaysBehind();
    }
}
