import { GatewayError, type GatewayHttp, type LockRow, type LockRows } from "./gateway-api";
import { rowsIn } from "./rows";

/**
 * Locks as rows of LiteLLM's table of budgets, the only thing in its API that is made atomically under an id of the
 * caller's: `budget_id` is a primary key, and `/budget/new` says 400 when it is taken (1.108.10). `soft_budget` 1 means
 * held, `rpm_limit` counts the signs of life.
 */
export function lockRows(http: GatewayHttp): LockRows {
  return {
    list: async (prefix) => {
      const rows = rowsIn("/budget/list", await http.get("/budget/list"), "budgets");
      return rows.flatMap(({ budget_id: id, soft_budget: held, rpm_limit: beat }): LockRow[] =>
        typeof id === "string" && id.startsWith(prefix)
          ? [{ id, held: held === 1, beat: typeof beat === "number" ? beat : 0 }]
          : [],
      );
    },
    create: async (id) => {
      try {
        await http.post("/budget/new", { budget_id: id, soft_budget: 1, rpm_limit: 0 });
        return true;
      } catch (error) {
        if (isTaken(error)) return false;
        throw error;
      }
    },
    write: async (id, { held, beat }) => {
      try {
        // LiteLLM answers 200 with nothing when there is no such row.
        return (await http.post("/budget/update", { budget_id: id, soft_budget: held ? 1 : 0, rpm_limit: beat })) !== null;
      } catch (error) {
        // Only these say that the row is gone: a gateway that is busy or redirects says nothing of it.
        if (error instanceof GatewayError && (error.status === 400 || error.status === 404)) return false;
        throw error;
      }
    },
    remove: async (id) => {
      try {
        await http.post("/budget/delete", { id });
      } catch (error) {
        if (!(error instanceof GatewayError) || error.status === undefined) throw error;
      }
    },
  };
}

/** Releases before 1.10x pass the database's own error on, with 500. */
function isTaken(error: unknown): boolean {
  if (!(error instanceof GatewayError) || error.status === undefined) return false;
  return /already exists|unique constraint/i.test(error.message);
}
