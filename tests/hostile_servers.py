#!/usr/bin/env python3
"""Servers that lie, flood or stall: each request ends as failed, with its reason, in bounded time
and memory, and the run's files stay readable.

usage: hostile_servers.py SPATIUM WORK_FOLDER
"""
import gzip
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time

from bench_tools import lines, write_spar_bench
from spine_tools import Spatium, expect, run_steps

TIMEOUT_S = 2  # of one attempt
MOST_S = 20  # of a whole run, on a machine with other work
MOST_MB = 700  # beside what the sanitizers add
ITEMS = 4
spatium = Spatium(sys.argv[1], sys.argv[2])
work = spatium.work
sanitized = b"__asan_init" in open(sys.argv[1], "rb").read()
write_spar_bench(spatium, "bench", ITEMS)

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GOOD = b'{"choices":[{"message":{"content":"A"}}]}'


class RawServer:
    """Reads each request and answers it with `answer(socket)`, byte by byte as that likes."""

    def __init__(self, answer, family=socket.AF_INET, reads=True, tls=None):
        self.answer, self.reads, self.tls = answer, reads, tls
        self.socket = socket.socket(family)
        self.socket.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
        self.socket.listen(64)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def accept(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        try:
            if self.tls:
                client = self.tls.wrap_socket(client, server_side=True)
            while self.reads and self.read_request(client):
                self.answer(client)
                client.shutdown(socket.SHUT_WR)
            if not self.reads:
                self.answer(client)
        except (OSError, IndexError):
            pass  # the client has left
        client.close()

    @staticmethod
    def read_request(client):
        data = b""
        while b"\r\n\r\n" not in data:
            part = client.recv(1 << 16)
            if not part:
                return False
            data += part
        head, _, body = data.partition(b"\r\n\r\n")
        left = int(re.search(rb"(?i)content-length: *(\d+)", head)[1]) - len(body)
        while left > 0:
            left -= len(client.recv(1 << 16))
        return True


def say(*pieces):
    return lambda client: [client.sendall(piece) for piece in pieces]


def flood(first, more, pause_s=0.0):
    def answer(client):
        client.sendall(first)
        while True:
            client.sendall(more)
            time.sleep(pause_s)
    return answer


def reply(body, headers=b""):
    return OK + b"Content-Length: %d\r\n" % len(body) + headers + b"\r\n" + body


LONG = b"X: " + b"a" * 1000 + b"\r\n"
TOO_MUCH = "at most 16777216 bytes"
# What the server does, and what the record of the failure says.
HOSTILE = {
    "gzip_bomb": (say(reply(gzip.compress(bytes(1 << 26)), b"Content-Encoding: gzip\r\n")), "expected JSON"),
    "redirects": (say(b"HTTP/1.1 307 T\r\nLocation: /v1/chat/completions\r\nContent-Length: 0\r\n\r\n"), "307"),
    "redirect_to_a_file": (say(b"HTTP/1.1 302 F\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"), "302"),
    "one_header_of_10_mb": (say(OK + b"X: ", *[b"a" * 100_000] * 100, b"\r\n\r\n"), "whole reply|at most"),
    "headers_of_10_mb": (say(OK, *[LONG * 100] * 100, b"Content-Length: 0\r\n\r\n"), TOO_MUCH),
    "endless_headers": (flood(OK, LONG * 64), TOO_MUCH),
    "endless_interim_replies": (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), TOO_MUCH),
    "endless_trailers": (flood(CHUNKED + b"1\r\n{\r\n0\r\n", LONG * 64), TOO_MUCH),
    "endless_chunk_extension": (flood(CHUNKED + b"5;", b"a" * 65536), "within"),
    "negative_chunk": (say(CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n"), "whole reply"),
    "huge_chunk": (say(CHUNKED + b"ffffffffffffffff\r\nhello"), "whole reply"),
    "short_chunk": (say(CHUNKED + b"50\r\nhello"), "whole reply"),
    "length_too_long": (say(OK + b"Content-Length: 999999\r\n\r\n" + GOOD), "whole reply"),
    "length_too_short": (say(OK + b"Content-Length: 5\r\n\r\n" + GOOD), "expected JSON"),
    "negative_length": (say(OK + b"Content-Length: -1\r\n\r\n" + GOOD), "whole reply"),
    "100_mb": (say(OK + b"Content-Length: 100000000\r\n\r\n", *[b"a" * 100_000] * 1000), TOO_MUCH),
    "endless_body": (flood(OK + b"\r\n", b"x" * 65536), TOO_MUCH),
    "a_million_lists": (say(reply(b"[" + b"[]," * 5_000_000 + b"0]")), "expected an object"),
    "deeply_nested": (say(reply(b"[" * 5_000_000)), "expected JSON"),
    "slow_body": (flood(OK + b"Content-Length: 1000\r\n\r\n{", b" ", 0.2), "within"),
    "slow_headers": (flood(OK + b"X: ", b"a", 0.2), "within"),
    "silence": (lambda client: time.sleep(30), "within"),
    "no_status_line": (say(GOOD), "whole reply"),
    "garbage": (say(bytes(range(256)) * 4), "whole reply"),
    "wrong_utf8": (say(b"HTTP/1.1 400 B\r\nContent-Length: 6\r\n\r\n\xff\xfe\xe4\xb8\xad\xe4"), "400"),
    "letters_cut_by_the_message": (say(b"HTTP/1.1 400 B\r\nContent-Length: 600\r\n\r\n" + "中".encode() * 200), "400"),
    "upgrade": (say(b"HTTP/1.1 101 S\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\nPRI * HTTP/2.0"), "101"),
    "long_wait": (say(b"HTTP/1.1 429 S\r\nRetry-After: 99999999999\r\nContent-Length: 0\r\n\r\n"), "429"),
    "null_choice": (say(reply(b'{"choices":[null]}')), "choices"),
    "content_of_another_type": (say(reply(b'{"choices":[{"message":{"content":12}}]}')), "a string"),
}


def run(uri, out):
    """Exit code, outcomes, seconds and megabytes of one run."""
    start = time.monotonic()
    process = subprocess.Popen(
        [spatium.binary, "bench", "run", "spar-bench", "--data", "bench", "--model", uri, "-o", out,
         "--json", "--pictures", "0", "--attempts", "1", "--timeout", str(TIMEOUT_S), "--concurrency", "4"],
        cwd=work, stdout=open(work / "stdout", "wb"), stderr=open(work / "stderr", "wb"))
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    text = (work / "stdout").read_text()
    expect(text.startswith("{"), f"{out}: exit {process.returncode}: {text[:200]}")
    outcomes = json.loads(text)["profiles"]["official"]["outcomes"]
    return process.returncode, outcomes, time.monotonic() - start, usage.ru_maxrss // 1024


def fails_within_bounds(uri, out, reason):
    code, outcomes, seconds, megabytes = run(uri, out)
    expect(code == 1 and outcomes["failed"] == ITEMS, f"{out}: exit {code}, {outcomes}")
    expect(seconds < MOST_S, f"{out}: {seconds:.1f} s")
    expect(sanitized or megabytes < MOST_MB, f"{out}: {megabytes} MB")
    records = lines(work / out / "spar-bench/replies.jsonl")
    expect(len(records) == ITEMS, f"{out}: {len(records)} records")
    for record in records:
        expect(record["reply"] is None and re.search(reason, record["error"]), f"{out}: {record}")
        expect(len(record["error"]) < 1000, f"{out}: an error of {len(record['error'])} bytes")


def hostile_servers_end_as_failed():
    for name, (answer, reason) in HOSTILE.items():
        with RawServer(answer) as server:
            fails_within_bounds(f"openai:http://127.0.0.1:{server.port}/v1#m", name, reason)
    return f"{len(HOSTILE)} kinds"


def what_failed_is_asked_again():
    for name in HOSTILE:
        with RawServer(say(reply(GOOD))) as server:
            code, outcomes, *_ = run(f"openai:http://127.0.0.1:{server.port}/v1#m", name)
            expect(code == 0 and outcomes["failed"] == 0, f"{name}: exit {code}, {outcomes}")


def no_server():
    with RawServer(say(b"\x15\x03\x01\x00\x02\x02\x28"), reads=False) as server:
        fails_within_bounds(f"openai:https://127.0.0.1:{server.port}/v1#m", "tls_alert", "whole reply")
    for name, url in (("refused", "http://127.0.0.1:1/v1"), ("no_host", "http://no.such.host.invalid/v1"),
                      ("bad_port", "http://127.0.0.1:99999/v1"), ("bad_ipv6", "http://[::1/v1")):
        fails_within_bounds(f"openai:{url}#m", name, "whole reply")


def an_authority_of_ones_own():
    if not shutil.which("openssl"):
        return "no openssl to make a certificate with"
    key, certificate = work / "key.pem", work / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                    "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out",
                    certificate], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    with RawServer(say(reply(GOOD)), tls=tls) as server:
        url = f"openai:https://127.0.0.1:{server.port}/v1#m"
        fails_within_bounds(url, "tls_unknown", "certificate")
        os.environ["SSL_CERT_FILE"] = str(certificate)
        try:
            code, outcomes, *_ = run(url, "tls_known")
        finally:
            del os.environ["SSL_CERT_FILE"]
    expect(code == 0 and outcomes["scored"] == ITEMS, outcomes)
    return None


def ipv6():
    if not socket.has_ipv6:
        return "no IPv6 here"
    try:
        server = RawServer(say(reply(GOOD)), socket.AF_INET6)
    except OSError:
        return "no IPv6 here"
    with server:
        code, outcomes, *_ = run(f"openai:http://[::1]:{server.port}/v1#m", "ipv6")
    expect(code == 0 and outcomes["scored"] == ITEMS, outcomes)
    return None


def a_reply_of_10_mb_is_a_reply():
    text = b"a" * 10_000_000
    with RawServer(say(reply(b'{"choices":[{"message":{"content":"' + text + b'"}}]}'))) as server:
        code, outcomes, seconds, megabytes = run(f"openai:http://127.0.0.1:{server.port}/v1#m", "large")
    expect(code == 0 and outcomes["failed"] == 0, outcomes)
    expect(seconds < MOST_S and (sanitized or megabytes < MOST_MB), f"{seconds:.1f} s, {megabytes} MB")


run_steps([hostile_servers_end_as_failed, what_failed_is_asked_again, no_server,
           an_authority_of_ones_own, ipv6,
           a_reply_of_10_mb_is_a_reply])
