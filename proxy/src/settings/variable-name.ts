import { isSecret } from "../../../core/findings";

/** How a name of an environment variable is spelled. */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** No name that people give is as long without an underscore and with a digit; keys are. */
const LONG = 20;

/**
 * Whether a text that is spelled like the name of an environment variable is most likely a key, pasted where its name belongs: a known
 * kind of key, hexadecimal digits, or letters and digits without the words of a name.
 */
export function looksLikeKey(text: string): boolean {
  if (/^[0-9a-f]{32,}$/i.test(text)) return true;
  const isWord = !text.includes("_");
  const isMixed = /[a-z]/.test(text) && /[A-Z]/.test(text);
  const hasDigit = /\d/.test(text);
  if (isSecret("", text) && (isMixed || (hasDigit && (isWord || /[a-z]/.test(text))))) return true;
  return text.length >= LONG && hasDigit && (isWord || isMixed);
}
