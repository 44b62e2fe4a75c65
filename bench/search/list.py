#!/usr/bin/env python3
"""Reads a list, one request after the other on a kept connection, and prints the slowest hundredth's time in milliseconds.

  list.py PORT SECONDS

Each request counts once. wrk counts a long wait as often as others would have fit into it (coordinated omission), which says how
long a steady stream of visitors would wait, and is several times as much where few requests are slow.
"""
import re
import socket
import sys
import time

PORT, SECONDS = int(sys.argv[1]), float(sys.argv[2])
REQUEST = b"GET /post/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


def read(connection):
    answer = b""
    while (end := answer.find(b"\r\n\r\n")) < 0:
        answer += more(connection)
    if not answer.startswith(b"HTTP/1.1 200"):
        raise ValueError(f"answered {answer[:end]!r}")
    left = end + 4 + int(LENGTH.search(answer, 0, end)[1]) - len(answer)
    while left > 0:
        left -= len(more(connection))


def more(connection):
    part = connection.recv(1 << 16)
    if not part:
        raise ConnectionError("the server hung up")
    return part


times = []
with socket.create_connection(("127.0.0.1", PORT), timeout=60) as connection:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    begun = time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        asked = time.perf_counter()
        connection.sendall(REQUEST)
        read(connection)
        times.append(time.perf_counter() - asked)
times.sort()
print(f"{times[len(times) * 99 // 100] * 1000:.2f}")
