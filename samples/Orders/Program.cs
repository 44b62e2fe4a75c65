using System.Data.Common;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Orders;
using Pamps.Auth;
using Pamps.Auth.EntityFrameworkCore;
using Samples;

try
{
    Start.LoadDotEnv();
    if (args is not ["make-admin", _])
    {
        Start.Check(args, "there are make-admin EMAIL and settings such as --PORT=8001");
    }
    var builder = WebApplication.CreateBuilder(args);
    var settings = Settings.Read(builder.Configuration);
    builder.WebHost.UseUrls(settings.Address);

    // What fails in the database is thrown too, and what fails at the start is said below; a line for it is enough.
    builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
    builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);

    // Scoped: each request has a session of its own, which is closed when the request ends.
    builder.Services.AddDbContext<OrdersDb>(x => x.UseSqlite(settings.Database));
    builder
        .Services.AddPampsAuth(x =>
        {
            x.SecretKey = settings.SecretKey;
            x.Issuer = x.Audience = "orders";
        })
        .AddAccountStore<Accounts>()
        .AddEntityFrameworkLoginStore<OrdersDb>();
    builder.Services.AddValidation();
    builder.Services.AddApiProblems();
    builder.Services.AddOpenApi(x => x.AddPampsSecurity("/auth/login-form", refreshPath: null));
    builder.Services.ConfigureHttpJsonOptions(x =>
    {
        x.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        x.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        x.SerializerOptions.RespectNullableAnnotations = true;
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
            if (await user.ExecuteUpdateAsync(x => x.SetProperty(it => it.Admin, true)) == 0)
            {
                throw new FormatException($"Nobody has the e-mail {email}.");
            }
            Console.WriteLine($"{email} is an admin now.");
            return 0;
        }
    }

    app.UseApiProblems();
    app.MapAuth();
    app.MapOrders();
    app.MapOpenApi("/openapi.json");
    app.UseSwaggerUI(x =>
    {
        x.RoutePrefix = "docs";
        x.SwaggerEndpoint("../openapi.json", "Orders");
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
