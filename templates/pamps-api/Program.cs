using System.Text.Json;
using System.Text.Json.Serialization;
using Pamps.Auth;
using Template._1;
#if (STORED)
using Pamps.Auth.EntityFrameworkCore;
#endif

Settings settings;
WebApplicationBuilder builder;
try
{
    Settings.LoadDotEnv();
    builder = WebApplication.CreateBuilder(args);
    settings = Settings.Read(builder.Configuration);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

builder.WebHost.UseUrls(settings.Address);
#if (STORED)
builder.Services.AddDbContext<Database>(x => Database.Connect(x, settings.Connection));
builder.Services.AddScoped<Accounts>().AddScoped<Items>();
builder
    .Services.AddPampsAuth(x => x.SecretKey = settings.SecretKey)
    .AddAccountStore<Accounts>()
    .AddEntityFrameworkLoginStore<Database>();
#else
builder.Services.AddSingleton<Accounts>().AddSingleton<Items>();
builder.Services.AddSingleton<IAccountStore>(x => x.GetRequiredService<Accounts>());
builder.Services.AddPampsAuth(x => x.SecretKey = settings.SecretKey);
#endif
builder.Services.AddProblems();
builder.Services.AddCors(x =>
    x.AddDefaultPolicy(policy => policy.WithOrigins(settings.Origins).AllowAnyHeader().AllowAnyMethod())
);
builder.Services.AddOpenApi(x => x.AddPampsSecurity().AddExamples());
builder.Services.ConfigureHttpJsonOptions(x =>
{
    x.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
    x.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
    x.SerializerOptions.RespectNullableAnnotations = true;
    x.SerializerOptions.RespectRequiredConstructorParameters = true;
});

var app = builder.Build();
#if (STORED)
await Database.PrepareAsync(app.Services);
#endif
app.UseProblems();
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
app.MapGet("/", () => TypedResults.Redirect("docs")).ExcludeFromDescription();
app.Run();
return 0;
