using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pamps.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class BrowserSession : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_login_user_id",
                table: "login");

            migrationBuilder.AddColumn<string>(
                name: "previous_jti",
                table: "login",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_login_user",
                table: "login",
                columns: new[] { "user_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_login_user",
                table: "login");

            migrationBuilder.DropColumn(
                name: "previous_jti",
                table: "login");

            migrationBuilder.CreateIndex(
                name: "ix_login_user_id",
                table: "login",
                column: "user_id");
        }
    }
}
