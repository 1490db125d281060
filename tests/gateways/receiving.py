"""A server on loopback that answers as it is told, byte by byte, and names that lead to it."""

import re
import socket
import threading
from contextlib import contextmanager

HERE = "127.0.0.1"


@contextmanager
def serving(*answers, wrap=None):
    """A server that says each of these in turn, the last one for ever; and what it was asked.

    An answer is bytes, or takes the socket and does as it likes.
    """
    asked, left = [], list(answers)
    server = socket.create_server((HERE, 0))
    server.settimeout(0.02)
    ended = threading.Event()

    def run():
        while not ended.is_set():
            try:
                sock, _from = server.accept()
                sock.settimeout(1)
                sock = wrap.wrap_socket(sock, server_side=True) if wrap else sock
                asked.append(whole_request(sock))
                answer = left.pop(0) if len(left) > 1 else left[0]
                if callable(answer):
                    answer(sock)
                else:
                    sock.sendall(answer)
            except OSError:
                continue
            sock.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1], asked
    finally:
        ended.set()
        thread.join()
        server.close()


def whole_request(sock):
    got = b""
    while piece := sock.recv(65536):
        got += piece
        head, end, body = got.partition(b"\r\n\r\n")
        length = re.search(rb"Content-Length: (\d+)", head)
        if end and len(body) >= (int(length[1]) if length else 0):
            break
    return got.decode()


class Names:
    """A resolver that knows what it is told, and counts how often it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def __call__(self, host, _port):
        self.asked.append(host)
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(found, OSError):
            raise found
        return found
