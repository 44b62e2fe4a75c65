using System.Data.Common;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Blog;
using Microsoft.EntityFrameworkCore;
using Pamps.Auth;
using Pamps.Auth.EntityFrameworkCore;
using Samples;

try
{
    Start.LoadDotEnv();
    Start.Check(args, "a setting looks like --PORT=8002");
    var builder = WebApplication.CreateBuilder(args);
    var settings = Settings.Read(builder.Configuration);
    builder.WebHost.UseUrls(settings.Address);

    // What fails in the database is thrown too, and what fails at the start is said below; a line for it is enough.
    builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
    builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);

    if (settings.Postgres)
    {
        builder.Services.AddDbContext<BlogDb, PostgresBlogDb>(x => x.UseNpgsql(settings.Database));
    }
    else
    {
        builder.Services.AddDbContext<BlogDb, SqliteBlogDb>(x => x.UseSqlite(settings.Database));
    }

    builder
        .Services.AddPampsAuth(x =>
        {
            x.SecretKey = settings.SecretKey;
            x.Issuer = x.Audience = "blog";
        })
        .AddAccountStore<Accounts>()
        .AddEntityFrameworkLoginStore<BlogDb>();
    builder.Services.AddValidation();
    builder.Services.AddApiProblems();
    builder.Services.AddOpenApi(x => x.AddPampsSecurity("/login", refreshPath: null));
    builder.Services.ConfigureHttpJsonOptions(x =>
    {
        x.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        x.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        x.SerializerOptions.RespectNullableAnnotations = true;
    });

    var app = builder.Build();
    await using (var scope = app.Services.CreateAsyncScope())
    {
        await scope.ServiceProvider.GetRequiredService<BlogDb>().PrepareAsync(app.Logger);
    }

    app.UseApiProblems();
    app.MapUsers();
    app.MapPosts();
    app.MapOpenApi("/openapi.json");
    app.UseSwaggerUI(x =>
    {
        x.RoutePrefix = "docs";
        x.SwaggerEndpoint("../openapi.json", "Blog");
    });
    app.UseReDoc(x =>
    {
        x.RoutePrefix = "redoc";
        x.SpecUrl("../openapi.json");
    });
    await app.RunAsync();
    return 0;
}
catch (Exception wrong)
    when (wrong
            is FormatException
                or IOException
                or UnauthorizedAccessException
                or SocketException
                or DbException
    )
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}
