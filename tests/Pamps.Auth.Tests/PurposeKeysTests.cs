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
}
