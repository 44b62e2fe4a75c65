#!/usr/bin/env python3
"""What a sign-in with a code of an authenticator app takes, in times of one with the password alone.

    PAMPS_LIMITS__ENABLED=false pamps serve --port 8000
    python3 bench/signin/second_factor.py http://127.0.0.1:8000

It registers accounts of its own. Both ways take turns; each code is good once, so each account signs in with one.
"""

import base64
import hmac
import json
import statistics
import struct
import sys
import time
import urllib.parse
import urllib.request

ACCOUNTS = 40
PASSWORD = "a password of some length"
STEP = 30


def ask(base, path, body, token=None):
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    with urllib.request.urlopen(urllib.request.Request(base + path, json.dumps(body).encode(), headers)) as answer:
        return json.load(answer)


def code(secret, step):
    """RFC 6238."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def sign_in(base, name, otp=None):
    form = {"username": name, "password": PASSWORD, **({"otp": otp} if otp else {})}
    began = time.perf_counter()
    with urllib.request.urlopen(base + "/token", urllib.parse.urlencode(form).encode()) as answer:
        token = json.load(answer)["access_token"]
    return (time.perf_counter() - began) * 1000, token


def main(base):
    plain, secrets = [], []
    for i in range(2 * ACCOUNTS):
        name = f"bench_{int(time.time()) % 1_000_000}_{i}"
        ask(base, "/user/", {"username": name, "email": f"{name}@example.org", "password": PASSWORD})
        _, token = sign_in(base, name)
        if i % 2:
            plain.append(name)
            continue
        secret = ask(base, "/user/me/second-factor/", {"password": PASSWORD}, token)["secret"]
        ask(base, "/user/me/second-factor/confirm/", {"code": code(secret, int(time.time() // STEP))}, token)
        secrets.append((name, secret))
    # The codes that turned it on are used up.
    time.sleep(2 * STEP)
    alone, both = [], []
    for name, (other, secret) in zip(plain, secrets):
        alone.append(sign_in(base, name)[0])
        both.append(sign_in(base, other, code(secret, int(time.time() // STEP)))[0])
    alone, both = statistics.median(alone), statistics.median(both)
    print(f"password alone {alone:.1f} ms, with a code {both:.1f} ms: {both / alone:.2f} times (medians of {ACCOUNTS})")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
