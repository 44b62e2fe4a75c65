using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pamps.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    answer = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "user",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    username = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    username_key = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    email_key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    avatar = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: true),
                    bio = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    password = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    superuser = table.Column<bool>(type: "boolean", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    posts_count = table.Column<long>(type: "bigint", nullable: false),
                    followers_count = table.Column<long>(type: "bigint", nullable: false),
                    following_count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user", x => x.id);
                    table.CheckConstraint("ck_user_counts", "posts_count >= 0 AND followers_count >= 0 AND following_count >= 0");
                });

            migrationBuilder.CreateTable(
                name: "login",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    refresh_jti = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_login", x => x.id);
                    table.ForeignKey(
                        name: "fk_login_user",
                        column: x => x.user_id,
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "post",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    date = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    parent_id = table.Column<long>(type: "bigint", nullable: true),
                    edited_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    likes_count = table.Column<long>(type: "bigint", nullable: false),
                    replies_count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_post", x => x.id);
                    table.CheckConstraint("ck_post_counts", "likes_count >= 0 AND replies_count >= 0");
                    table.ForeignKey(
                        name: "fk_post_user",
                        column: x => x.user_id,
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "social",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    from = table.Column<long>(type: "bigint", nullable: false),
                    to = table.Column<long>(type: "bigint", nullable: false),
                    date = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_social", x => x.id);
                    table.CheckConstraint("ck_social_not_oneself", "\"from\" <> \"to\"");
                    table.ForeignKey(
                        name: "fk_social_from",
                        column: x => x.from,
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_social_to",
                        column: x => x.to,
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "like",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false),
                    user_id = table.Column<long>(type: "bigint", nullable: false),
                    post_id = table.Column<long>(type: "bigint", nullable: false),
                    date = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_like", x => x.id);
                    table.ForeignKey(
                        name: "fk_like_post",
                        column: x => x.post_id,
                        principalTable: "post",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_like_user",
                        column: x => x.user_id,
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_created_at",
                table: "idempotency",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_like_post",
                table: "like",
                columns: new[] { "post_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_like_user",
                table: "like",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_like_post_user",
                table: "like",
                columns: new[] { "post_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_login_expires_at",
                table: "login",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_login_user_id",
                table: "login",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_post_home",
                table: "post",
                column: "id",
                filter: "parent_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_post_replies",
                table: "post",
                columns: new[] { "parent_id", "id" },
                filter: "parent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_post_user_all",
                table: "post",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_post_user_own",
                table: "post",
                columns: new[] { "user_id", "id" },
                filter: "parent_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_social_from",
                table: "social",
                columns: new[] { "from", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_social_to",
                table: "social",
                columns: new[] { "to", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_social_from_to",
                table: "social",
                columns: new[] { "from", "to" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_user_email_key",
                table: "user",
                column: "email_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_user_username_key",
                table: "user",
                column: "username_key",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "like");

            migrationBuilder.DropTable(
                name: "login");

            migrationBuilder.DropTable(
                name: "social");

            migrationBuilder.DropTable(
                name: "post");

            migrationBuilder.DropTable(
                name: "user");
        }
    }
}
