using Microsoft.EntityFrameworkCore;

namespace Pamps.Auth.EntityFrameworkCore.Tests;

public class LoginStoreTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_login_is_opened_prolonged_and_ended(Database database)
    {
        await using var shop = await Shop.OpenAsync(database);
        var first = await shop.SignInAsync();
        Assert.True(await shop.KnowsAsync(first!));
        var second = await shop.RefreshAsync(first!);
        Assert.True(await shop.KnowsAsync(second!));
        Assert.True(await shop.SignOutAsync(second!));
        Assert.False(await shop.KnowsAsync(second!));
        Assert.Null(await shop.RefreshAsync(second!));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Of_many_refreshes_of_one_token_at_once_exactly_one_wins(Database database)
    {
        await using var shop = await Shop.OpenAsync(database);
        var pair = await shop.SignInAsync();
        var pairs = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => shop.RefreshAsync(pair!)))
        );
        Assert.Single(pairs, x => x is not null);
        Assert.Equal(0, await CountAsync(shop));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Tabs_that_refresh_at_once_keep_the_login_and_one_gets_the_next_token(Database database)
    {
        await using var shop = await Shop.OpenAsync(database);
        var pair = await shop.SignInAsync();

        var tabs = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => Task.Run(() => shop.RefreshTabAsync(pair!, Grace)))
        );

        var winner = Assert.Single(tabs.OfType<RefreshOutcome.Rotated>());
        Assert.Equal(15, tabs.OfType<RefreshOutcome.Overtaken>().Count());
        Assert.True(await shop.KnowsAsync(pair!));
        Assert.NotNull(await shop.RefreshAsync(winner.Pair));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_token_of_two_refreshes_ago_ends_the_login_at_any_time(Database database)
    {
        await using var shop = await Shop.OpenAsync(database);
        var first = await shop.SignInAsync();
        var second = Assert.IsType<RefreshOutcome.Rotated>(await shop.RefreshTabAsync(first!, Grace));
        Assert.IsType<RefreshOutcome.Rotated>(await shop.RefreshTabAsync(second.Pair, Grace));

        Assert.IsType<RefreshOutcome.Refused>(await shop.RefreshTabAsync(first!, Grace));

        Assert.False(await shop.KnowsAsync(first!));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_spent_refresh_token_ends_its_login_and_no_other(Database database)
    {
        await using var shop = await Shop.OpenAsync(database);
        var other = await shop.SignInAsync();
        var first = await shop.SignInAsync();
        var second = await shop.RefreshAsync(first!);
        Assert.Null(await shop.RefreshAsync(first!));
        Assert.Null(await shop.RefreshAsync(second!));
        Assert.False(await shop.KnowsAsync(second!));
        Assert.True(await shop.KnowsAsync(other!));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_login_keeps_what_opened_it_without_what_does_not_show(Database database)
    {
        await using var shop = await Shop.OpenAsync(database);
        await shop.SignInAsync(client: $"\u202e{new string('x', 300)}\0");
        var client = await shop.DoAsync(db =>
            db.Set<PampsLogin>().Select(x => x.Client).SingleAsync(TestContext.Current.CancellationToken)
        );
        Assert.Equal(new string('x', 200), client);
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_changed_password_ends_the_logins_of_before(Database database)
    {
        await using var shop = await Shop.OpenAsync(database);
        var before = await shop.SignInAsync();
        var hash = await shop.HashAsync("another");
        await shop.ChangeAsync(x => x.Hash = hash);
        Assert.False(await shop.KnowsAsync(before!));
        Assert.Null(await shop.RefreshAsync(before!));
        Assert.Null(await shop.SignInAsync());
        Assert.True(await shop.KnowsAsync((await shop.SignInAsync("another"))!));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task A_sign_in_that_a_new_password_overtakes_opens_nothing(Database database)
    {
        await using var shop = await Shop.OpenAsync(database);
        var old = await shop.DoAsync(db => db.Users.Select(x => x.Hash).SingleAsync());
        var hash = await shop.HashAsync("another");
        await shop.ChangeAsync(x => x.Hash = hash);
        Assert.Null(await shop.OpenLoginAsync(old));
        Assert.NotNull(await shop.OpenLoginAsync(hash));
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task Sign_ins_while_the_password_changes_leave_nobody_with_the_old_one(Database database)
    {
        await using var shop = await Shop.OpenAsync(database);
        var hash = await shop.HashAsync("another");
        var signIns = Enumerable.Range(0, 12).Select(_ => Task.Run(() => shop.SignInAsync())).ToList();
        await signIns[0];
        await shop.ChangeAsync(x => x.Hash = hash);
        foreach (var pair in await Task.WhenAll(signIns))
        {
            Assert.False(pair is not null && await shop.KnowsAsync(pair));
        }
    }

    [Theory]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.Postgres)]
    public async Task An_account_that_may_not_sign_in_loses_its_logins(Database database)
    {
        await using var shop = await Shop.OpenAsync(database);
        var pair = await shop.SignInAsync();
        await shop.ChangeAsync(x => x.Active = false);
        Assert.False(await shop.KnowsAsync(pair!));
        Assert.Null(await shop.RefreshAsync(pair!));
        Assert.Null(await shop.SignInAsync());
    }

    private static Task<int> CountAsync(Shop shop) =>
        shop.DoAsync(db => db.Set<PampsLogin>().CountAsync(TestContext.Current.CancellationToken));
}
