using System.Security.Cryptography;
using System.Text;

namespace Pamps.Auth.Tests;

public class PurposeKeysTests
{
    [Fact]
    public void Each_purpose_has_a_key_of_its_own_that_every_process_with_the_secret_makes_alike()
    {
        var keys = new PurposeKeys(Settings.Of());
        var one = keys.Of("one purpose").ToArray();

        Assert.Equal(one, keys.Of("one purpose").ToArray());
        Assert.Equal(one, new PurposeKeys(Settings.Of()).Of("one purpose").ToArray());
        Assert.NotEqual(one, keys.Of("another purpose").ToArray());
        Assert.NotEqual(
            one,
            new PurposeKeys(Settings.Of(x => x.SecretKey += "!")).Of("one purpose").ToArray()
        );
    }

    [Fact]
    public void A_key_is_what_RFC_5869_makes_of_the_secret_and_the_purpose()
    {
        // Its sections 2.2 and 2.3 by hand: a missing salt is as many zeros as the hash has, and one round is enough.
        var secret = HMACSHA256.HashData(new byte[32], Encoding.UTF8.GetBytes(Settings.Key));
        var expected = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes("one purpose\u0001"));

        Assert.Equal(expected, new PurposeKeys(Settings.Of()).Of("one purpose").ToArray());
    }

    [Fact]
    public void The_token_of_a_program_tells_one_that_was_made_up_or_under_another_key()
    {
        var keys = new PurposeKeys(Settings.Of());
        var token = OAuthSecret.NewToken(keys);

        Assert.True(OAuthSecret.MayBe(token));
        Assert.True(OAuthSecret.IsToken(token, keys));
        Assert.NotEqual(token, OAuthSecret.NewToken(keys));
        foreach (
            var wrong in new[]
            {
                OAuthSecret.New(),
                (token[0] == 'A' ? 'B' : 'A') + token[1..],
                token[1..],
                token + "A",
                new string('!', 43),
                "",
            }
        )
        {
            Assert.False(OAuthSecret.IsToken(wrong, keys), wrong);
        }
        Assert.False(OAuthSecret.IsToken(token, new PurposeKeys(Settings.Of(x => x.SecretKey += "!"))));
    }
}
