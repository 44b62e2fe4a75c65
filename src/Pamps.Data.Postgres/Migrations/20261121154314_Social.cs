using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Pamps.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Social : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "notifications_read",
                table: "user",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "entities",
                table: "post",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "client",
                table: "login",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "last_used_at",
                table: "login",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "event",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tx = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    subject_id = table.Column<long>(type: "bigint", nullable: false),
                    parent_id = table.Column<long>(type: "bigint", nullable: true),
                    date = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hashtag",
                columns: table => new
                {
                    // Ordered by code point, so that the tags with one beginning lie together whatever the
                    // database's own collation.
                    tag = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    post_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hashtag", x => new { x.tag, x.post_id });
                    table.ForeignKey(
                        name: "fk_hashtag_post",
                        column: x => x.post_id,
                        principalTable: "post",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "mention",
                columns: table => new
                {
                    post_id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mention", x => new { x.post_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_mention_post",
                        column: x => x.post_id,
                        principalTable: "post",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_mention_user",
                        column: x => x.user_id,
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notification",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<short>(type: "smallint", nullable: false),
                    actor_id = table.Column<long>(type: "bigint", nullable: false),
                    post_id = table.Column<long>(type: "bigint", nullable: true),
                    date = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification", x => x.id);
                    table.ForeignKey(
                        name: "fk_notification_actor",
                        column: x => x.actor_id,
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_notification_post",
                        column: x => x.post_id,
                        principalTable: "post",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_notification_user",
                        column: x => x.user_id,
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_post_without_entities",
                table: "post",
                column: "id",
                filter: "entities IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_event_date",
                table: "event",
                column: "date");

            migrationBuilder.CreateIndex(
                name: "ix_event_place",
                table: "event",
                columns: new[] { "tx", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_hashtag_post_id",
                table: "hashtag",
                column: "post_id");

            migrationBuilder.CreateIndex(
                name: "ix_mention_user",
                table: "mention",
                columns: new[] { "user_id", "post_id" });

            migrationBuilder.CreateIndex(
                name: "ix_notification_actor_id",
                table: "notification",
                column: "actor_id");

            migrationBuilder.CreateIndex(
                name: "ix_notification_user",
                table: "notification",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_notification_post",
                table: "notification",
                columns: new[] { "post_id", "user_id", "actor_id", "kind" },
                unique: true,
                filter: "post_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_notification_user",
                table: "notification",
                columns: new[] { "user_id", "actor_id", "kind" },
                unique: true,
                filter: "post_id IS NULL");

            // Words that people search by. They come folded and apart from the program, so no dictionary of the server's changes
            // what is found.
            foreach (var table in new[] { "post", "user" })
            {
                migrationBuilder.Sql(
                    $"""
                    CREATE TABLE {table}_search (
                        id bigint NOT NULL CONSTRAINT pk_{table}_search PRIMARY KEY
                            CONSTRAINT fk_{table}_search_{table} REFERENCES "{table}" (id) ON DELETE CASCADE,
                        words tsvector NOT NULL
                    )
                    """
                );
                migrationBuilder.Sql(
                    $"CREATE INDEX ix_{table}_search_words ON {table}_search USING gin (words)"
                );
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "post", "user" })
            {
                migrationBuilder.Sql($"DROP TABLE {table}_search");
            }

            migrationBuilder.DropTable(
                name: "event");

            migrationBuilder.DropTable(
                name: "hashtag");

            migrationBuilder.DropTable(
                name: "mention");

            migrationBuilder.DropTable(
                name: "notification");

            migrationBuilder.DropIndex(
                name: "ix_post_without_entities",
                table: "post");

            migrationBuilder.DropColumn(
                name: "notifications_read",
                table: "user");

            migrationBuilder.DropColumn(
                name: "entities",
                table: "post");

            migrationBuilder.DropColumn(
                name: "client",
                table: "login");

            migrationBuilder.DropColumn(
                name: "last_used_at",
                table: "login");
        }
    }
}
