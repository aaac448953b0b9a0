// The socket to the session: messages as objects, frames as bytes; it is made again where it breaks.

export class Connection {
  constructor({ onMessage, onFrame, onLost }) {
    Object.assign(this, { onMessage, onFrame, onLost });
    this.socket = null;
    this.attempts = 0;
    this.requests = 0;
    // By which the session knows this page when it comes again; and how often it has come.
    this.page = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.visits = 0;
    addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.again(); });
    this.open();
  }

  /** Before the session has told everything nothing is sent: what it has of earlier connections is not known. */
  get isOpen() { return this.isGreeted && this.socket?.readyState === WebSocket.OPEN; }

  open() {
    clearTimeout(this.timer);
    const socket = new WebSocket(`ws://${location.host}/socket?page=${this.page}`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.isGreeted = false;
    socket.onopen = () => { this.attempts = 0; };
    socket.onmessage = ({ data }) => {
      if (typeof data !== "string") { this.onFrame(data); return; }
      const message = JSON.parse(data);
      if (message.type === "hello" && !this.isGreeted) { this.isGreeted = true; this.visits += 1; }
      this.onMessage(message);
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
