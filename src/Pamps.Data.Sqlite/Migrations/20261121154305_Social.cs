using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pamps.Data.Sqlite.Migrations
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
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "entities",
                table: "post",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "client",
                table: "login",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "last_used_at",
                table: "login",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "event",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    tx = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<short>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    subject_id = table.Column<long>(type: "INTEGER", nullable: false),
                    parent_id = table.Column<long>(type: "INTEGER", nullable: true),
                    date = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "hashtag",
                columns: table => new
                {
                    tag = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    post_id = table.Column<long>(type: "INTEGER", nullable: false)
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
                    post_id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false)
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
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<short>(type: "INTEGER", nullable: false),
                    actor_id = table.Column<long>(type: "INTEGER", nullable: false),
                    post_id = table.Column<long>(type: "INTEGER", nullable: true),
                    date = table.Column<DateTime>(type: "TEXT", nullable: false)
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

            // Words that people search by. The index keeps no text of its own; what is deleted from post and user leaves it too.
            // The words come folded and apart, so the tokenizer needs to know the space only.
            foreach (var table in new[] { "post", "user" })
            {
                migrationBuilder.Sql(
                    $"""
                    CREATE VIRTUAL TABLE {table}_search
                    USING fts5(words, content='', contentless_delete=1, tokenize='ascii')
                    """
                );
                migrationBuilder.Sql(
                    $"""
                    CREATE TRIGGER {table}_search_delete AFTER DELETE ON "{table}"
                    BEGIN DELETE FROM {table}_search WHERE rowid = old.id; END
                    """
                );
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "post", "user" })
            {
                migrationBuilder.Sql($"DROP TRIGGER {table}_search_delete");
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
