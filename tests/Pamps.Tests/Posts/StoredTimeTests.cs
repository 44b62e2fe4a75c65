using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Pamps.Core.Databases;
using Pamps.Tests.Host;

namespace Pamps.Tests.Posts;

/// <summary>SQLite keeps times as text, and other programs may have written them otherwise than Pamps does.</summary>
public sealed class StoredTimeTests
{
    [Theory]
    [InlineData("2026-02-03 04:05:06", "2026-02-03T04:05:06")]
    [InlineData("2026-02-03 04:05:06.7", "2026-02-03T04:05:06.7")]
    [InlineData("2026-02-03 04:05:06.1234567", "2026-02-03T04:05:06.123456")]
    [InlineData("2024-02-29 23:59:59.0000001", "2024-02-29T23:59:59")]
    [InlineData("2026-02-03T04:05:06Z", "2026-02-03T04:05:06")]
    [InlineData("2026-02-03T05:05:06+01:00", "2026-02-03T04:05:06")]
    [InlineData("2026-02-03", "2026-02-03T00:00:00")]
    [InlineData("2026-02-03 04:05", "2026-02-03T04:05:00")]
    public async Task A_time_is_read_however_it_was_written(string stored, string expected)
    {
        var pamps = await PampsServer.ShareAsync(Database.Sqlite);
        using var user = await pamps.RegisterAsync();
        var id = await user.WriteAsync("then");
        await using var connection = await pamps
            .Services.GetRequiredService<IDatabase>()
            .OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE post SET date = '{stored}' WHERE id = {id}";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var date = DateTime.Parse(
            (string)(await user.GetAsync($"/post/{id}/"))["date"]!,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal
        );

        Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture), date);
    }
}
