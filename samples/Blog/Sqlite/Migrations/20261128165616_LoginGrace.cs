using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Blog.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LoginGrace : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "client",
                table: "pamps_login",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "exchanged_utc",
                table: "pamps_login",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "previous_jti",
                table: "pamps_login",
                type: "TEXT",
                maxLength: 22,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "client",
                table: "pamps_login");

            migrationBuilder.DropColumn(
                name: "exchanged_utc",
                table: "pamps_login");

            migrationBuilder.DropColumn(
                name: "previous_jti",
                table: "pamps_login");
        }
    }
}
