// A plain Node proxy, as it is usually written: http.request and JSON.parse. Arguments: port, port of the gateway.
import http from "node:http";

const [port, gatewayPort] = process.argv.slice(2).map(Number);
const agent = new http.Agent({ keepAlive: true });

http
  .createServer((request, response) => {
    if (request.headers.authorization !== "Bearer sk-client") {
      response.writeHead(401).end();
      return;
    }
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => forward(request, response, Buffer.concat(chunks)));
  })
  .listen(port, "127.0.0.1", 4096);

function forward(request, response, bytes) {
  const body = JSON.parse(bytes.toString());
  delete body.user;
  delete body.tags;
  delete body.metadata?.tags;
  delete body.metadata?.user_id;
  const text = Buffer.from(JSON.stringify(body));
  const headers = {};
  for (const [name, value] of Object.entries(request.headers))
    if (!/^(x-litellm-|x-forwarded-|cookie|.*api-key)/.test(name)) headers[name] = value;
  headers.authorization = "Bearer sk-gateway";
  headers["x-litellm-end-user-id"] = "alice";
  headers["x-litellm-tags"] = "engineering";
  headers["content-length"] = text.length;
  const outgoing = http.request(
    { port: gatewayPort, host: "127.0.0.1", method: request.method, path: request.url, headers, agent },
    (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    },
  );
  outgoing.on("error", () => response.destroy());
  response.on("close", () => outgoing.destroy());
  outgoing.end(text);
}
