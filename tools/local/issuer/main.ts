import { readIssuer } from "./deployed-issuer";
import { issuerServer } from "./issuer-server";

/** The development issuer's program: `node main.js <issuer.json>`. It listens on 127.0.0.1 alone and stays until SIGTERM. */
function main(file: string): void {
  const deployed = readIssuer(file);
  if (!deployed) {
    fail(`${file} is missing or damaged; run local up again`);
    return;
  }
  const server = issuerServer(deployed);
  server.once("error", (error) => fail(error.message));
  server.listen(deployed.port, "127.0.0.1", () => console.error(`development issuer on ${deployed.issuer}`));
  process.once("SIGTERM", () => {
    server.close();
    server.closeAllConnections();
  });
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

main(process.argv[2] ?? "");
