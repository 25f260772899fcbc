import { runProgram } from "../run-program";

/** Two workers: enough to be quick, and the machine stays usable. */
const PROGRAM = `
import compileall, functools, os, sys
from concurrent.futures import ProcessPoolExecutor
files = [os.path.join(d, n) for d, _, names in os.walk(sys.argv[1]) for n in sorted(names) if n.endswith(".py")]
compile = functools.partial(compileall.compile_file, quiet=2)
with ProcessPoolExecutor(2) as pool:
    for count, _ in enumerate(pool.map(compile, files, chunksize=20), 1):
        if count % 2000 == 0:
            print(count, len(files), flush=True)
`;

/**
 * Byte-compiles all Python files below `folder`, which LiteLLM would do at its first start, in 70 s. A file that cannot be
 * compiled is no error: some packages carry templates.
 */
export async function byteCompile(
  python: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
  note: (detail: string) => void = () => {},
): Promise<void> {
  const onLine = (line: string): void => {
    const [count, total] = line.split(" ");
    if (total) note(`${count} of ${total} files compiled`);
  };
  await runProgram(python, ["-c", PROGRAM, folder], { environment, onLine });
}
