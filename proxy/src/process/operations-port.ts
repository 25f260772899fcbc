import type { Server } from "node:http";
import { openOperations } from "../server";
import type { Settings } from "../settings";

/** Opens the port of `operations`. @throws Error that names it, and why it cannot be opened */
export async function openOperationsPort(
  { address, port }: Settings["operations"],
  view: Parameters<typeof openOperations>[2],
): Promise<Server> {
  try {
    return await openOperations(address, port, view);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw new Error(`operations cannot listen on ${address} port ${port}: ${reason}`);
  }
}
