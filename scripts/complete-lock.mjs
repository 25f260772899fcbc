// Adds to package-lock.json the optional packages of other platforms that the registry in use does not serve.
//
// A registry mirror may hold the packages of one platform only. npm then writes a lock without the others, and `npm ci`
// refuses that lock everywhere. Run after changing dependencies: node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("../package-lock.json", import.meta.url));
const lock = JSON.parse(readFileSync(file, "utf8"));
const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64", "wasm32"];

const added = [];
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (!lock.packages[`node_modules/${name}`] && /^\d+\.\d+\.\d+/.test(version)) added.push([name, version]);
  }
}
for (const [name, version] of added) lock.packages[`node_modules/${name}`] = foreignPackage(name, version);
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} packages of other platforms added`);

/** What npm needs to leave a package out on this platform: its name says where it belongs. */
function foreignPackage(name, version) {
  const words = name.split(/[/-]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith("musl"))
    ? ["musl"]
    : words.some((word) => word.startsWith("gnu"))
      ? ["glibc"]
      : [];
  if (os.length === 0 || cpu.length === 0) throw new Error(`${name}: its name does not say which platform it is for`);
  return { version, cpu, dev: true, ...(libc.length > 0 && { libc }), optional: true, os };
}
