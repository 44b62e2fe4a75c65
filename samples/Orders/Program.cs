using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Orders;
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

// Scoped: each request has a session of its own, which is closed when the request ends.
builder.Services.AddDbContext<OrdersDb>(x => x.UseSqlite(settings.Database));
builder
    .Services.AddPampsAuth(x => x.SecretKey = settings.SecretKey)
    .AddAccountStore<Accounts>()
    .AddEntityFrameworkLoginStore<OrdersDb>();
builder.Services.AddProblems();
builder.Services.AddOpenApi(x => x.AddPampsSecurity("/auth/login-form", refreshPath: null));
builder.Services.ConfigureHttpJsonOptions(x =>
{
    x.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
    x.SerializerOptions.RespectNullableAnnotations = true;
    x.SerializerOptions.RespectRequiredConstructorParameters = true;
});

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    var db = scope.ServiceProvider.GetRequiredService<OrdersDb>();
    await db.Database.MigrateAsync();
    // No request makes an admin: only who may run the program does.
    if (args is ["make-admin", var email])
    {
        var user = db.Users.Where(x => x.Email == User.EmailKey(email));
        var found = await user.ExecuteUpdateAsync(x => x.SetProperty(it => it.Admin, true));
        Console.WriteLine(found == 1 ? $"{email} is an admin now." : $"Nobody has the e-mail {email}.");
        return 1 - found;
    }
}

app.UseProblems();
app.MapAuth();
app.MapOrders();
app.MapOpenApi("/openapi.json");
app.UseSwaggerUI(x =>
{
    x.RoutePrefix = "docs";
    x.SwaggerEndpoint("../openapi.json", "Orders");
});
app.Run();
return 0;
