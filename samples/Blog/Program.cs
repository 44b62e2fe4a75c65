using System.Text.Json;
using Blog;
using Microsoft.EntityFrameworkCore;
using Pamps.Auth;
using Pamps.Auth.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
Settings settings;
try
{
    settings = Settings.Read(builder.Configuration);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

builder.WebHost.UseUrls(settings.Address);

// What fails in the database is thrown too; a line for it is enough.
builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

if (settings.Postgres)
{
    builder.Services.AddDbContext<BlogDb, PostgresBlogDb>(x => x.UseNpgsql(settings.Database));
}
else
{
    builder.Services.AddDbContext<BlogDb, SqliteBlogDb>(x => x.UseSqlite(settings.Database));
}

builder
    .Services.AddPampsAuth(x => x.SecretKey = settings.SecretKey)
    .AddAccountStore<Accounts>()
    .AddEntityFrameworkLoginStore<BlogDb>();
builder.Services.AddProblems();
builder.Services.AddOpenApi(x => x.AddPampsSecurity("/login", refreshPath: null));
builder.Services.ConfigureHttpJsonOptions(x =>
{
    x.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
    x.SerializerOptions.RespectNullableAnnotations = true;
    x.SerializerOptions.RespectRequiredConstructorParameters = true;
});

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<BlogDb>().PrepareAsync(app.Logger);
}

app.UseProblems();
app.MapUsers();
app.MapPosts();
app.MapOpenApi("/openapi.json");
app.UseSwaggerUI(x =>
{
    x.RoutePrefix = "docs";
    x.SwaggerEndpoint("../openapi.json", "Blog");
});
app.Run();
return 0;
