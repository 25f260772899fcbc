import type { Socket } from "node:net";

/** Up to here the pieces of a turn are copied into one; above, they go out as they are, in one system call. */
const JOIN = 65_536;
/** Bytes that may wait in memory before the sender is asked to pause. */
const FULL = 131_072;

/**
 * Bytes for a socket, gathered until the end of the turn: the head and a small body leave in one packet, and several reads of a
 * large one in one system call, which saves more time than anything else in the proxy.
 */
export class OutgoingBytes {
  private head = "";
  private pieces: Buffer[] = [];
  private size = 0;
  private scheduled = false;
  private readonly flushLater = (): void => {
    this.scheduled = false;
    this.flush();
  };

  constructor(private readonly socket: Socket) {}

  /** Whether the sender should pause until `drain`. */
  get full(): boolean {
    return this.size + this.socket.writableLength > FULL;
  }

  /** Whether bytes wait for the gateway to read. */
  get waiting(): boolean {
    return this.size + this.socket.writableLength > 0;
  }

  /** The head of a request, in Latin-1: it leaves together with what follows. */
  begin(head: string): void {
    this.head += head;
  }

  /** Adds a piece; it leaves at the end of the turn at the latest. */
  add(piece: Buffer): void {
    this.pieces.push(piece);
    this.size += piece.length;
    if (this.full) this.flush();
    else this.schedule();
  }

  /** Adds the last piece and sends what was gathered. */
  addLast(piece: Buffer): void {
    this.pieces.push(piece);
    this.size += piece.length;
    this.flush();
  }

  /** Sends what was gathered. */
  flush(): void {
    const { head, pieces, size, socket } = this;
    if ((size === 0 && head === "") || socket.destroyed) return;
    this.head = "";
    this.pieces = [];
    this.size = 0;
    if (size <= JOIN) {
      socket.write(joined(head, pieces, size));
      return;
    }
    socket.cork();
    if (head !== "") socket.write(head, "latin1");
    for (const piece of pieces) socket.write(piece);
    socket.uncork();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(this.flushLater);
  }
}

function joined(head: string, pieces: readonly Buffer[], size: number): Buffer {
  const [only] = pieces;
  if (head === "" && only && pieces.length === 1) return only;
  const bytes = Buffer.allocUnsafe(head.length + size);
  let at = bytes.write(head, 0, "latin1");
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
