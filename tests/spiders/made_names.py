"""A name server on a loopback port, by UDP and TCP, with records that a test makes up."""

import socket
import socketserver
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


class NameServer:
    """Answers what `records` hold, as zone files write it; what is missing does not exist."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str]] = {}
        #: Names that get no answer, an error, or bytes that are no message.
        self.silent: set[str] = set()
        self.failing: set[str] = set()
        self.garbled: set[str] = set()
        self.asked: Counter[tuple[str, str]] = Counter()
        self.by_tcp: Counter[str] = Counter()
        self.port = 0

    def answer(self, data: bytes, *, tcp: bool) -> bytes | None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True).lower()
        kind = question.rdtype.name
        self.asked[name, kind] += 1
        self.by_tcp[name] += tcp
        if name in self.silent:
            return None
        if name in self.garbled:
            return data[:2] + b"\xff" * 40
        reply = dns.message.make_response(query)
        if name in self.failing:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif found := self.records.get((name, kind)):
            reply.answer.append(dns.rrset.from_text(question.name, 60, "IN", kind, *found))
        elif not any(known == name for known, _ in self.records):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        wire = reply.to_wire(max_size=65_535)
        if not tcp and len(wire) > 1_232:
            reply.answer.clear()
            reply.flags |= dns.flags.TC
            return reply.to_wire()
        return wire


@contextmanager
def serving_names() -> Iterator[NameServer]:
    made = NameServer()

    class Datagram(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, sock = self.request
            if reply := made.answer(data, tcp=False):
                sock.sendto(reply, self.client_address)

    class Stream(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            (length,) = struct.unpack("!H", self.request.recv(2, socket.MSG_WAITALL))
            data = self.request.recv(length, socket.MSG_WAITALL)
            if reply := made.answer(data, tcp=True):
                self.request.sendall(struct.pack("!H", len(reply)) + reply)

    datagrams, streams = _on_one_port(Datagram, Stream)
    made.port = int(datagrams.server_address[1])
    with datagrams, streams:
        threads = [
            threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02})
            for one in (datagrams, streams)
        ]
        for thread in threads:
            thread.start()
        yield made
        for server in (datagrams, streams):
            server.shutdown()
        for thread in threads:
            thread.join()


def _on_one_port(
    datagram: type[socketserver.BaseRequestHandler], stream: type[socketserver.BaseRequestHandler]
) -> tuple[socketserver.UDPServer, socketserver.TCPServer]:
    """Listen by UDP and TCP; a port that is free for one may be taken for the other."""
    while True:
        streams = socketserver.ThreadingTCPServer(("127.0.0.1", 0), stream)
        try:
            return socketserver.ThreadingUDPServer(streams.server_address, datagram), streams
        except OSError:
            streams.server_close()
