"""Opens live streams, and measures how long a post takes to arrive. No packages needed; see ../README.md.

load.py idle BASE COUNT USERS...          opens COUNT streams over these users, prints "ready", holds them until stdin ends
load.py latency BASE POSTS AUTHOR USERS... lets the users follow AUTHOR, opens a stream for each, posts as AUTHOR, and
                                          prints, from the sending of a post, p50 to its answer, p50 and p99 to its arrival,
                                          and how many arrived
load.py across BASE LISTEN POSTS AUTHOR USERS... the same, with the streams at the address LISTEN: another instance of the
                                          server, on the same database
"""

import asyncio
import json
import sys
import time
import urllib.parse
import urllib.request

PASSWORD = "gulls-by-the-sea"


def token(base, user):
    form = urllib.parse.urlencode({"username": user, "password": PASSWORD}).encode()
    with urllib.request.urlopen(f"{base}/token", form) as answer:
        return json.load(answer)["access_token"]


def follow(base, bearer, author):
    with urllib.request.urlopen(f"{base}/user/{author}/") as answer:
        whom = json.load(answer)["id"]
    headers = {"Authorization": f"Bearer {bearer}"}
    urllib.request.urlopen(urllib.request.Request(f"{base}/user/follow/{whom}/", b"", headers)).close()


async def open_stream(base, bearer, source):
    host, port = urllib.parse.urlsplit(base).netloc.split(":")
    # Many addresses of this machine: one has too few ports for very many streams.
    reader, writer = await asyncio.open_connection(host, int(port), local_addr=(source, 0))
    writer.write(f"GET /stream/ HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {bearer}\r\n\r\n".encode())
    status = await reader.readline()
    if b" 200 " not in status:
        raise SystemExit(f"The server answered {status}")
    await reader.readuntil(b"event: ready")
    return reader, writer


async def open_streams(base, bearers, count):
    streams = []
    for first in range(0, count, 200):
        some = range(first, min(first + 200, count))
        streams += await asyncio.gather(
            *(open_stream(base, bearers[i % len(bearers)], f"127.0.0.{2 + i % 100}") for i in some)
        )
    return streams


async def idle(base, count, users):
    bearers = [token(base, x) for x in users]
    streams = await open_streams(base, bearers, count)

    async def drain(reader):
        while await reader.read(4096):
            pass

    drains = [asyncio.create_task(drain(reader)) for reader, _ in streams]
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    for x in drains:
        x.cancel()


async def latency(base, listen, posts, author, users):
    bearers = [token(base, x) for x in users]
    for x in bearers:
        follow(base, x, author)
    streams = await open_streams(listen, bearers, len(users))
    sent = {}
    answered = {}
    arrived = {}

    async def hear(reader):
        while line := await reader.readline():
            now = time.perf_counter()
            if line.startswith(b'data: {"id":') and b'"text":"mark ' in line:
                mark = int(line.split(b'"text":"mark ', 1)[1].split(b'"', 1)[0])
                arrived.setdefault(mark, []).append(now)

    listening = [asyncio.create_task(hear(reader)) for reader, _ in streams]
    host, port = urllib.parse.urlsplit(base).netloc.split(":")
    bearer = token(base, author)
    reader, writer = await asyncio.open_connection(host, int(port))
    for mark in range(posts):
        body = json.dumps({"text": f"mark {mark}"}).encode()
        sent[mark] = time.perf_counter()
        writer.write(
            f"POST /post/ HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {bearer}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        await reader.readuntil(b"\r\n\r\n")
        answered[mark] = time.perf_counter()
        await asyncio.sleep(0.1)
        # The answer's body is not looked at; it is small and has come by now.
        reader._buffer.clear()
    await asyncio.sleep(2)
    for x in listening:
        x.cancel()
    expected = posts * len(users)
    took = sorted(1000 * (at - sent[mark]) for mark, all_at in arrived.items() if mark >= posts // 5 for at in all_at)
    answers = sorted(1000 * (at - sent[mark]) for mark, at in answered.items() if mark >= posts // 5)
    if not took:
        raise SystemExit("Nothing arrived")
    total = sum(len(x) for x in arrived.values())
    print(f"{answers[len(answers) // 2]:.1f} {took[len(took) // 2]:.1f} {took[int(len(took) * 0.99)]:.1f} {total}/{expected}")


def main():
    what, base, *rest = sys.argv[1:]
    listen = rest.pop(0) if what == "across" else base
    number, *rest = rest
    if what == "idle":
        asyncio.run(idle(base, int(number), rest))
    else:
        asyncio.run(latency(base, listen, int(number), rest[0], rest[1:]))


main()
