import { once } from "node:events";
import { createServer, type Socket } from "node:net";

/** A gateway whose every byte is scripted, on a port of this machine. */
export interface RecordingGateway {
  readonly url: string;
  /** What each connection sent (about the first megabyte), in the order of their coming. */
  readonly received: string[];
  readonly sockets: Socket[];
  close(): Promise<void>;
}

/** Starts a gateway; `onText` is called with all that a connection has sent so far, each time more comes. */
export async function recordingGateway(onText: (text: string, socket: Socket) => void): Promise<RecordingGateway> {
  const received: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const place = sockets.push(socket) - 1;
    received[place] = "";
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      if ((received[place] ?? "").length < 1_000_000) received[place] += bytes.toString("latin1");
      onText(received[place] ?? "", socket);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}/base/`, received, sockets, close };
}
