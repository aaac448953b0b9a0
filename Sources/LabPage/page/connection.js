// The socket to the session: messages as objects, frames as bytes; it is made again where it breaks.

export class Connection {
  constructor({ onMessage, onFrame, onLost }) {
    Object.assign(this, { onMessage, onFrame, onLost });
    this.socket = null;
    this.attempts = 0;
    this.requests = 0;
    addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.again(); });
    this.open();
  }

  get isOpen() { return this.socket?.readyState === WebSocket.OPEN; }

  open() {
    clearTimeout(this.timer);
    const socket = new WebSocket(`ws://${location.host}/socket`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => { this.attempts = 0; };
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") this.onMessage(JSON.parse(data));
      else this.onFrame(data);
    };
    socket.onclose = () => {
      if (socket !== this.socket) return;
      this.onLost(this.attempts);
      this.timer = setTimeout(() => this.open(), Math.min(3000, 150 * 2 ** this.attempts));
      this.attempts += 1;
    };
  }

  /** Tries at once, where it would have waited. */
  again() {
    if (this.socket.readyState === WebSocket.CLOSED) { this.attempts = 0; this.open(); }
  }

  /** Sends a message; false where there is no connection. */
  send(type, fields = {}) {
    if (!this.isOpen) return false;
    this.socket.send(JSON.stringify({ type, ...fields }));
    return true;
  }

  /** A number by which an answer is known. */
  nextRequest() { return (this.requests += 1); }
}
