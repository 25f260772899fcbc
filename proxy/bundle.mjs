import { build } from "esbuild";

/**
 * Makes one file of a program and of what it imports, and ends with an error where there is anything to warn of.
 *
 * @param folder what `entry` and `outfile` are relative to
 */
export async function bundle(folder, entry, outfile, more) {
  const { warnings } = await build({
    // Bytes must not depend on the folder from which this is run.
    absWorkingDir: folder,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20.19",
    // V8 keeps the text of a program, in twice the memory where a comment holds a character beyond Latin-1.
    minifyWhitespace: true,
    lineLimit: 130,
    logLevel: "warning",
    ...more,
  });
  if (warnings.length > 0) process.exit(1);
}
