using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Auth;
using Template._1;
#if (STORED)
using System.Data.Common;
#endif

#if (STORED)
using Pamps.Auth.EntityFrameworkCore;
#endif

try
{
    Settings.LoadDotEnv();
    Settings.Check(args);
    var builder = WebApplication.CreateBuilder(args);
    var settings = Settings.Read(builder.Configuration);
    builder.WebHost.UseUrls(settings.Address);
#if (STORED)
    builder.Services.AddDbContext<Database>(x => Database.Connect(x, settings.Connection));
    builder.Services.AddScoped<Accounts>().AddScoped<Items>();
    builder
        .Services.AddPampsAuth(x =>
        {
            x.SecretKey = settings.SecretKey;
            x.Issuer = x.Audience = "Template.1";
        })
        .AddAccountStore<Accounts>()
        .AddEntityFrameworkLoginStore<Database>();
#else
    builder.Services.AddSingleton<Accounts>().AddSingleton<Items>();
    builder.Services.AddSingleton<IAccountStore>(x => x.GetRequiredService<Accounts>());
    builder.Services.AddPampsAuth(x =>
    {
        x.SecretKey = settings.SecretKey;
        x.Issuer = x.Audience = "Template.1";
    });
#endif
    builder.Services.AddValidation();
    builder.Services.AddApiProblems();
    builder.Services.AddCors(x =>
        x.AddDefaultPolicy(policy => policy.WithOrigins(settings.Origins).AllowAnyHeader().AllowAnyMethod())
    );
    builder.Services.AddOpenApi(x => x.AddPampsSecurity());
    builder.Services.ConfigureHttpJsonOptions(x =>
    {
        x.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        x.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        x.SerializerOptions.RespectNullableAnnotations = true;
    });

    var app = builder.Build();
#if (STORED)
    await Database.PrepareAsync(app.Services);
#endif
    app.UseApiProblems();
    app.UseCors();
    app.UseAuthentication();
    app.UseAuthorization();
    app.MapPampsTokens().WithTags("accounts");
    app.MapAccounts();
    app.MapItems();
    app.MapOpenApi("/openapi.json");
    app.UseSwaggerUI(x =>
    {
        x.RoutePrefix = "docs";
        x.SwaggerEndpoint("../openapi.json", "Template.1");
    });
    app.UseReDoc(x =>
    {
        x.RoutePrefix = "redoc";
        x.SpecUrl("../openapi.json");
    });
    app.MapGet("/", () => TypedResults.Redirect("docs")).ExcludeFromDescription();
    await app.RunAsync();
    return 0;
}
// What whoever started the program can mend, in one line.
catch (Exception wrong)
    when (wrong
            is FormatException
                or IOException
                or UnauthorizedAccessException
                or SocketException
#if (STORED)
                or DbException
#endif
    )
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}
