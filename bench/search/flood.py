#!/usr/bin/env python3
"""Keeps the worst searches that a server takes under way; see bench/search/flood.

  flood.py PORT CLIENTS SECONDS ADDRESSES [SECONDS_UNTIL_HANG_UP]

The server is to trust the machine itself as a proxy, and be told of so many addresses.
"""
import asyncio
import collections
import itertools
import sys
import time
import urllib.parse

PORT, CLIENTS, SECONDS = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
ADDRESSES = int(sys.argv[4])
PATIENCE = float(sys.argv[5]) if len(sys.argv) > 5 else None

# Common words of the sample, in orders that nobody wrote; each is within the limits of 200 characters and 20 terms.
QUERIES = [
    " ".join(['"a a"'] * 20),
    '"' + " ".join(["a"] * 95) + '"',
    '"' + " ".join(["de la"] * 24) + '"',
    '"la de" "de de" "a a de" "la la" "de a la a de"',
    '"de la de la a de la a de la" "la a la a la a la a" -"de a de a"',
    "con* com* pro* est* par* zyxwvut -de",
    'de la a -"de la" -"a la" -"la a" con* est*',
    " ".join(f'"{a} {b}"' for a, b in itertools.permutations(["de", "la", "a", "o", "e"], 2)),
]
KINDS = ["", "&order=best", "&order=oldest", "&limit=100"]
PATHS = [f"/search/?q={urllib.parse.quote(q)}{kind}" for q in QUERIES for kind in KINDS]


async def client(number, end, answers):
    for path in itertools.cycle(PATHS[number % len(PATHS) :] + PATHS[: number % len(PATHS)]):
        if time.monotonic() > end:
            return
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
            address = f"198.51.100.{number % ADDRESSES + 1}"
            writer.write(
                f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {address}\r\nConnection: close\r\n\r\n".encode()
            )
            try:
                answer = await asyncio.wait_for(reader.read(), PATIENCE)
                answers[answer[9:12].decode()] += 1
                if answer[9:12] in (b"422", b"429"):
                    # A refusal costs the server nothing that this is about.
                    await asyncio.sleep(0.1)
            except asyncio.TimeoutError:
                answers["hung up"] += 1
            writer.close()
        except OSError:
            answers["no answer"] += 1
            await asyncio.sleep(0.1)


async def main():
    answers = collections.Counter()
    end = time.monotonic() + SECONDS
    await asyncio.gather(*(client(number, end, answers) for number in range(CLIENTS)))
    print(", ".join(f"{count} × {what}" for what, count in sorted(answers.items())))


asyncio.run(main())
