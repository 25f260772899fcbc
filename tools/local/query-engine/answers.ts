import type { Translated } from "./translate";

/** An error as Prisma's engines tell it to clients. */
export interface EngineError {
  readonly error: string;
  readonly user_facing_error: UserFacingError;
}

interface UserFacingError {
  readonly is_panic: boolean;
  readonly message: string;
  readonly meta?: Record<string, unknown>;
  readonly error_code?: string;
}

/** What the engine answers to a query or, within `batchResult`, to one of several. */
interface Answer {
  data?: Record<string, unknown>;
  errors?: EngineError[];
  batchResult?: Answer[];
}

/** What the database driver threw for an error's number. */
export type DriverErrors = (id: number) => unknown;

/** The engine's answer in the words of the engine binary: under the client's own name, values without type tags. */
export function answerFor(text: string, { alias, raw }: Translated, driverErrors: DriverErrors): string {
  const renamed = raw ? renameRaw(text, alias) : undefined;
  if (renamed !== undefined) return renamed;
  return JSON.stringify(rename(withErrors(JSON.parse(text), driverErrors), alias, raw));
}

/** The engine's answer to a batch, in the words of the engine binary. */
export function batchAnswerFor(text: string, queries: readonly Translated[], driverErrors: DriverErrors): string {
  const answer = withErrors(JSON.parse(text), driverErrors);
  const batchResult = answer.batchResult?.map((part, index) => {
    const { alias, raw } = queries[index] ?? { alias: "result", raw: false };
    return rename(withErrors(part, driverErrors), alias, raw);
  });
  return JSON.stringify(batchResult === undefined ? answer : { ...answer, batchResult });
}

/** The engine's answer to the start or the end of a transaction: an id, nothing, or a bare error. */
export function transactionAnswerFor(text: string, driverErrors: DriverErrors): string {
  const answer: UserFacingError = JSON.parse(text);
  return JSON.stringify(inDriversWords(answer, driverErrors));
}

/**
 * Rows of the client's own SQL may hold JSON with numbers of any size, which JavaScript would round: only the name before
 * them is changed. Undefined for an answer that is an error.
 */
function renameRaw(text: string, alias: string): string | undefined {
  const start = /^\{"data":\{"(queryRaw|executeRaw)":/.exec(text)?.[0];
  return start === undefined ? undefined : `{"data":{${JSON.stringify(alias)}:${text.slice(start.length)}`;
}

function rename(answer: Answer, alias: string, raw: boolean): Answer {
  const value = Object.values(answer.data ?? {})[0];
  return answer.data === undefined ? answer : { ...answer, data: { [alias]: raw ? value : untagged(value) } };
}

/** `{"$type":"DateTime","value":"..."}` is `"..."`. JSON stays text: prisma-client-py's models parse it. */
function untagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untagged);
  if (typeof value !== "object" || value === null) return value;
  if ("$type" in value && "value" in value) return value.value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, untagged(inner)]));
}

/** Error of a driver that is none of PostgreSQL's: the engine knows its number only. */
const DRIVER_ERROR = "P2036";
const UNREACHABLE = "P1001";
const RAW_QUERY_FAILED = "P2010";

function withErrors(answer: Answer, driverErrors: DriverErrors): Answer {
  if (answer.errors === undefined) return answer;
  return { ...answer, errors: answer.errors.map((error) => withDriverError(error, driverErrors)) };
}

function withDriverError(error: EngineError, driverErrors: DriverErrors): EngineError {
  const told = inDriversWords(error.user_facing_error, driverErrors);
  return told === error.user_facing_error ? error : { error: told.message, user_facing_error: told };
}

/**
 * Puts the driver's words into an error. All that the driver throws itself is about the connection, and Prisma's own engine
 * says P1001 then, by which LiteLLM knows an outage that will pass (1.108.10, `proxy/db/exception_handler.py`).
 */
function inDriversWords(error: UserFacingError, driverErrors: DriverErrors): UserFacingError {
  if (error.error_code !== DRIVER_ERROR || typeof error.meta?.id !== "number") return error;
  const cause = driverErrors(error.meta.id);
  const words = cause instanceof Error && cause.message !== "" ? cause.message : "the driver failed";
  return { is_panic: false, message: `Can't reach database server: ${words}`, meta: {}, error_code: UNREACHABLE };
}

/** An error of this engine itself, in the same form. */
export function ownError(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const error: EngineError = {
    error: message,
    user_facing_error: { is_panic: false, message, meta: {}, error_code: RAW_QUERY_FAILED },
  };
  return JSON.stringify({ errors: [error] });
}
