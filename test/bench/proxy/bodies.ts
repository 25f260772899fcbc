import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A request body of the bench. */
export interface BenchBody {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  /** Connections that send it. */
  readonly connections: number;
}

const SIZES: readonly (readonly [name: string, bytes: number, connections: number])[] = [
  ["1 KB", 1024, 32],
  ["16 KB", 16 * 1024, 32],
  ["256 KB", 256 * 1024, 32],
  ["4 MB", 4 * 1024 * 1024, 8],
  ["20 MB", 20 * 1024 * 1024, 4],
];
const TEXT = 'a "quoted" text with code\n\tand caf\u00e9 {braces} [brackets] C:\\path 123 45.6 ';

/** Writes the bodies: chat text, and from 256 KB on a picture in base64. All of them claim another identity. */
export function writeBodies(folder: string): BenchBody[] {
  mkdirSync(folder, { recursive: true });
  return SIZES.map(([name, bytes, connections]) => {
    const file = join(folder, `${bytes}.json`);
    writeFileSync(file, bodyOf(bytes));
    return { name, file, bytes, connections };
  });
}

function bodyOf(bytes: number): string {
  const rest = bytes - 500;
  const pictured = bytes >= 256 * 1024 ? Math.floor(rest * 0.6) : 0;
  const text = TEXT.repeat(Math.ceil((rest - pictured) / TEXT.length / 1.15));
  const picture = {
    type: "image_url",
    image_url: { url: `data:image/png;base64,${"iVBORw0KGgoAAAANSUhE".repeat(pictured / 20)}` },
  };
  const content = [{ type: "text", text }, ...(pictured > 0 ? [picture] : [])];
  return JSON.stringify({
    model: "gpt-4o",
    temperature: 0.2,
    user: "claimed",
    tags: ["claimed"],
    messages: [
      { role: "system", content: "be brief" },
      { role: "user", content },
    ],
    metadata: { trace_id: "0f8fad5b", tags: ["claimed"], user_id: "claimed" },
  });
}
