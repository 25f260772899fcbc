import type { Socket } from "node:net";

/** Up to here the pieces of a turn are copied into one; above, they go out as they are, in one system call. */
const JOIN = 65_536;
/** Bytes that may wait in memory before the sender is asked to pause. */
const FULL = 262_144;

/**
 * Bytes for a socket, gathered until the end of the turn: the head and a small body leave in one packet, and several reads of a
 * large one in one system call, which saves more time than anything else in the proxy.
 */
export class OutgoingBytes {
  private pieces: Buffer[] = [];
  private size = 0;
  private scheduled = false;

  constructor(private readonly socket: Socket) {}

  /** Whether the sender should pause until `drain`. */
  get full(): boolean {
    return this.size + this.socket.writableLength > FULL;
  }

  /** Whether bytes wait for the gateway to read. */
  get waiting(): boolean {
    return this.size + this.socket.writableLength > 0;
  }

  /** Adds a piece; it leaves at the end of the turn at the latest. */
  add(piece: Buffer): void {
    this.pieces.push(piece);
    this.size += piece.length;
    if (this.full) this.flush();
    else if (!this.scheduled) {
      this.scheduled = true;
      setImmediate(() => this.flush());
    }
  }

  /** Sends what was gathered. */
  flush(): void {
    this.scheduled = false;
    const { pieces, size, socket } = this;
    if (size === 0 || socket.destroyed) return;
    this.pieces = [];
    this.size = 0;
    if (size <= JOIN) {
      socket.write(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces, size));
      return;
    }
    socket.cork();
    for (const piece of pieces) socket.write(piece);
    socket.uncork();
  }
}
