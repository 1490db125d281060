"""A web server on loopback that keeps what is posted to it, and answers as it is told."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread


@contextmanager
def listening(status=204, headers=()):
    """Yields its address and the list of what was posted."""
    posted = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["Content-Length"])
            posted.append((self.path, self.headers["Content-Type"], self.rfile.read(size)))
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hooks/secret", posted
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def said(posted):
    """The JSON of each posting."""
    return [json.loads(body) for _path, _kind, body in posted]
