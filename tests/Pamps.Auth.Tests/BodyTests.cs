using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace Pamps.Auth.Tests;

/// <summary>What goes wrong below the body is the host's to answer.</summary>
public class BodyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/token", "application/x-www-form-urlencoded")]
    [InlineData("/token", "multipart/form-data; boundary=b")]
    [InlineData("/refresh_token", "application/json")]
    [InlineData("/logout", "application/json")]
    public async Task A_body_too_large_or_broken_off_is_not_swallowed(string path, string type)
    {
        Exception[] errors = [new BadHttpRequestException("large", 413), new OperationCanceledException()];
        foreach (var error in errors)
        {
            await using var app = App.Build(FakeTime.New(), Settings.Quick);
            app.Use(
                (HttpContext context, RequestDelegate next) =>
                {
                    context.Request.Body = new BrokenBody(error);
                    return next(context);
                }
            );
            await app.StartAsync(Stop);
            using var client = app.GetTestClient();
            using var content = new ByteArrayContent([1]);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var thrown = await Assert.ThrowsAnyAsync<Exception>(() => client.PostAsync(path, content, Stop));
            Assert.IsType(error.GetType(), thrown);
        }
    }

    private sealed class BrokenBody(Exception error) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken token = default) =>
            throw error;
    }
}
