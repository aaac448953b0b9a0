"""A client of a kernel that speaks the protocol by hand: it signs, looks at every frame, and can send what no library would."""

import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from datetime import datetime, timezone

import zmq

GAN = os.path.abspath(os.environ["GAN"])
DELIMITER = b"<IDS|MSG>"
CHANNELS = {"shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "iopub": zmq.SUB, "hb": zmq.REQ}


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


class Kernel:
    """A kernel's process, with the file of its connection."""

    def __init__(self, key="0123456789abcdef", environment=None, transport="tcp", **changes):
        self.folder = tempfile.mkdtemp()
        self.key = key.encode()
        names = ["shell", "iopub", "stdin", "control", "hb"]
        if transport == "tcp":
            ports, address = free_ports(5), "127.0.0.1"
        else:
            ports, address = [1, 2, 3, 4, 5], self.folder + "/k"
        self.ports = dict(zip(names, ports))
        self.transport, self.address = transport, address
        connection = {"ip": address, "transport": transport, "key": key, "signature_scheme": "hmac-sha256", "kernel_name": "gan"}
        connection.update({name + "_port": port for name, port in self.ports.items()})
        connection.update(changes)
        self.file = self.folder + "/connection.json"
        with open(self.file, "w") as file:
            json.dump(connection, file)
        self.start = time.time()
        self.process = subprocess.Popen(
            [GAN, "kernel", "run", self.file], cwd=self.folder, env={**os.environ, **(environment or {})}, start_new_session=True,
            stdin=subprocess.DEVNULL)

    def endpoint(self, channel):
        separator = ":" if self.transport == "tcp" else "-"
        return f"{self.transport}://{self.address}{separator}{self.ports[channel]}"

    def client(self, **options):
        return Client(self, **options)

    def wait(self, seconds=10):
        return self.process.wait(seconds)

    def interrupt_by_signal(self):
        os.killpg(self.process.pid, signal.SIGINT)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def memory(self):
        """What of it is in memory, in bytes."""
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * 4096


class Message:
    def __init__(self, channel, frames, key):
        place = frames.index(DELIMITER)
        self.channel, self.identities, self.frames = channel, frames[:place], frames
        self.signature, parts = frames[place + 1], frames[place + 2:place + 6]
        expected = hmac.new(key, b"".join(parts), hashlib.sha256).hexdigest().encode() if key else b""
        assert self.signature == expected, "a message is not signed as it should be"
        self.raw_parent = parts[1]
        self.header, self.parent, self.metadata, self.content = (json.loads(part) for part in parts)
        self.type = self.header["msg_type"]

    @property
    def state(self):
        return self.content.get("execution_state")

    def __repr__(self):
        return f"{self.channel}:{self.type} {str(self.content)[:200]}"


class Client:
    """One client, with its five sockets."""

    def __init__(self, kernel, subscribes=True, identity=None):
        self.kernel, self.key = kernel, kernel.key
        self.context = zmq.Context()
        self.context.linger = 0
        self.session = uuid.uuid4().hex
        identity = identity or self.session.encode()
        self.sockets = {}
        for channel, kind in CHANNELS.items():
            one = self.context.socket(kind)
            if kind == zmq.DEALER:
                one.setsockopt(zmq.IDENTITY, identity)
            if channel == "iopub":
                one.setsockopt(zmq.RCVHWM, 0)
                if subscribes:
                    one.setsockopt(zmq.SUBSCRIBE, b"")
            one.connect(kernel.endpoint(channel))
            self.sockets[channel] = one
        self.seen = []

    def close(self):
        for one in self.sockets.values():
            one.close(0)
        self.context.term()

    # Sending

    def header(self, kind, **changes):
        now = datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
        header = {"msg_id": uuid.uuid4().hex, "session": self.session, "username": "test", "date": now, "msg_type": kind, "version": "5.4"}
        header.update(changes)
        return header

    def frames(self, header, content, parent=None, key=None, raw_header=None):
        parts = [raw_header or json.dumps(header).encode(), json.dumps(parent or {}).encode(), b"{}", json.dumps(content).encode()]
        key = self.key if key is None else key
        signature = hmac.new(key, b"".join(parts), hashlib.sha256).hexdigest().encode() if key else b""
        return [DELIMITER, signature, *parts]

    def send(self, channel, kind, content=None, subshell=None, **options):
        """Gives the name of the message."""
        header = self.header(kind, **({} if subshell is None else {"subshell_id": subshell}))
        self.sockets[channel].send_multipart(self.frames(header, content or {}, **options))
        return header["msg_id"]

    def execute(self, code, **changes):
        return self.execute_all([code], **changes)[0]

    def execute_all(self, codes, **changes):
        """Gives the names of the messages. All are written before the first is sent, so that none is younger than what comes of another."""
        content = {"silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": True, "stop_on_error": True}
        headers = [self.header("execute_request") for _ in codes]
        messages = [self.frames(header, {"code": code, **content, **changes}) for header, code in zip(headers, codes)]
        for message in messages:
            self.sockets["shell"].send_multipart(message)
        return [header["msg_id"] for header in headers]

    # Receiving

    def next(self, channel, seconds=10):
        """The next message of a channel; None where none comes in time."""
        if not self.sockets[channel].poll(int(seconds * 1000)):
            return None
        message = Message(channel, self.sockets[channel].recv_multipart(), self.key)
        self.seen.append(message)
        return message

    def reply(self, name, channel="shell", seconds=20):
        """The reply to a request."""
        end = time.time() + seconds
        while time.time() < end:
            message = self.next(channel, max(0, end - time.time()))
            if message is None:
                break
            if message.parent.get("msg_id") == name:
                return message
        raise AssertionError(f"no reply in {seconds} s")

    def until(self, wanted, seconds=20):
        """The messages of IOPub up to the first that is wanted."""
        end, messages = time.time() + seconds, []
        while True:
            message = self.next("iopub", max(0, end - time.time()))
            assert message is not None, f"it has not come in {seconds} s; there were {messages[-5:]}"
            messages.append(message)
            if wanted(message):
                return messages

    def outputs(self, name, seconds=20):
        """All that is said on IOPub of a request, up to its idle."""
        messages = self.until(lambda m: m.parent.get("msg_id") == name and m.state == "idle", seconds)
        return [m for m in messages if m.parent.get("msg_id") == name]

    def run(self, code, seconds=60, **changes):
        """Runs a cell: its reply and what it has put out."""
        name = self.execute(code, **changes)
        outputs = self.outputs(name, seconds)
        return self.reply(name, seconds=seconds), outputs

    def ask(self, kind, content=None, channel="shell", seconds=20, **options):
        """A reply's content."""
        name = self.send(channel, kind, content, **options)
        message = self.reply(name, channel, seconds)
        return message.content

    def wait_until_ready(self):
        """Listens until subscribed, and gets the kernel's own words."""
        # What is said before the kernel knows of the subscription is lost: it says so by a welcome.
        self.until(lambda m: m.type == "iopub_welcome")
        content = self.ask("kernel_info_request")
        self.until(lambda m: m.state == "idle")
        return content

    def beat(self, seconds=1):
        """Whether the heart answers with the same bytes."""
        beat = uuid.uuid4().bytes
        self.sockets["hb"].send(beat)
        return self.sockets["hb"].poll(int(seconds * 1000)) and self.sockets["hb"].recv() == beat


def kinds(messages):
    return [m.state or m.type for m in messages]


def text(messages, name="stdout"):
    return "".join(m.content["text"] for m in messages if m.type == "stream" and m.content["name"] == name)
