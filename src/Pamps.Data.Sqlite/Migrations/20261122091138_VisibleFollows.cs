using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Pamps.Data.Sqlite.Migrations
{
    /// <summary>Only PostgreSQL has something to be told; both databases have the same migrations.</summary>
    public partial class VisibleFollows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) { }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) { }
    }
}
