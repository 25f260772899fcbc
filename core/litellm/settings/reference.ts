/** A value taken from LiteLLM's environment at start-up: `os.environ/NAME`. */
export type Reference = `os.environ/${string}`;
