using Microsoft.EntityFrameworkCore;
using Pamps.Auth.EntityFrameworkCore;

namespace Orders;

internal sealed class OrdersDb(DbContextOptions<OrdersDb> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddPampsLogins();
        modelBuilder.Entity<User>().HasIndex(x => x.Email).IsUnique();
        var order = modelBuilder.Entity<Order>();
        order.HasOne<User>().WithMany().HasForeignKey(x => x.UserId);
        order.HasMany(x => x.Items).WithOne().HasForeignKey("OrderId").IsRequired();
        order.ToTable(x =>
            x.HasCheckConstraint("status", "Status IN ('pendente', 'cancelado', 'finalizado')")
        );
    }
}

internal sealed class User
{
    public long Id { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string PasswordHash { get; init; }
    public bool Active { get; init; } = true;
    public bool Admin { get; init; }

    /// <summary>One spelling for each address, so that the unique index sees two that are the same.</summary>
    public static string EmailKey(string email) => email.Trim().ToLowerInvariant();
}

internal sealed class Order
{
    public const string Pending = "pendente";
    public const string Cancelled = "cancelado";
    public const string Finished = "finalizado";
    public const string Statuses = $"{Pending}, {Cancelled} or {Finished}";
    public const int MaxItems = 200;

    public long Id { get; init; }
    public long UserId { get; init; }
    public string Status { get; set; } = Pending;
    public decimal Total { get; set; }
    public DateTimeOffset Created { get; init; }
    public List<Item> Items { get; } = [];
}

internal sealed record Item(long Id, string Name, int Quantity, decimal UnitPrice);
