import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const MODULES = "/usr/lib/nginx/modules";

/**
 * The gateway: answers when the whole body has come. `openai-beta: NxMS` asks for N events with a gap; without a gap they are written
 * past nginx, five hundred at once and each a chunk of its own, or the gateway would be what is measured.
 */
const GATEWAY = `
  location / { content_by_lua_block {
    ngx.req.read_body()
    ngx.header["content-type"] = "application/json"
    ngx.header["content-length"] = #answer
    ngx.print(answer)
  } }
  location ~ ^/v1/chat/completions$ { content_by_lua_block {
    local count, gap = string.match(ngx.var.http_openai_beta or "", "(%d+)x(%d+)")
    ngx.req.read_body()
    if not count then
      ngx.header["content-type"] = "application/json"
      ngx.header["content-length"] = #answer
      ngx.print(answer)
      return
    end
    if gap == "0" then
      local client = ngx.req.socket(true)
      client:send("HTTP/1.1 200 OK\\r\\ncontent-type: text/event-stream\\r\\ntransfer-encoding: chunked\\r\\nconnection: close\\r\\n\\r\\n")
      for i = 1, tonumber(count) / 500 do client:send(chunks) end
      client:send("0\\r\\n\\r\\n")
      return ngx.exit(444)
    end
    ngx.header["content-type"] = "text/event-stream"
    for i = 1, tonumber(count) do
      ngx.print(event)
      ngx.flush(true)
      ngx.sleep(tonumber(gap) / 1000)
    end
  } }`;

/** The job of the identity proxy, as OpenResty users write it. */
const LUA_JOB = `
  location / {
    access_by_lua_block {
      local req = ngx.req
      local h = req.get_headers(0)
      if h["authorization"] ~= "Bearer sk-client" then return ngx.exit(401) end
      for k in pairs(h) do
        if k == "x-api-key" or k == "api-key" or k == "cookie" or k:sub(1, 10) == "x-litellm-" or k:sub(1, 12) == "x-forwarded-" then
          req.clear_header(k)
        end
      end
      req.set_header("Authorization", "Bearer sk-gateway")
      req.set_header("x-litellm-end-user-id", "alice")
      req.set_header("x-litellm-tags", "engineering")
      req.read_body()
      local ok, body = pcall(cjson.decode, req.get_body_data())
      if not ok or type(body) ~= "table" then return ngx.exit(400) end
      body.user = nil
      body.tags = nil
      if type(body.metadata) == "table" then body.metadata.tags = nil body.metadata.user_id = nil end
      req.set_body_data(cjson.encode(body))
    }
    proxy_pass http://gateway; proxy_set_header Connection "";
  }`;

const PLAIN = `location / { proxy_pass http://gateway; proxy_set_header Connection ""; proxy_request_buffering off; }`;

/** What an nginx of the bench does. */
export type NginxRole = "gateway" | "nginx" | "nginx-lua";

/** Writes the configuration of an nginx and returns the path of the file. */
export function nginxConfiguration(folder: string, role: NginxRole, port: number, gatewayPort: number): string {
  const own = join(folder, role);
  mkdirSync(own, { recursive: true });
  const file = join(own, "nginx.conf");
  const locations = { gateway: GATEWAY, nginx: PLAIN, "nginx-lua": LUA_JOB }[role];
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${own}/${name};`)
    .join(" ");
  writeFileSync(
    file,
    `load_module ${MODULES}/ndk_http_module.so;
load_module ${MODULES}/ngx_http_lua_module.so;
daemon off; master_process off; worker_processes 1; pid ${own}/pid; error_log ${own}/error.log error;
worker_rlimit_nofile 65536; events { worker_connections 32768; }
http {
  access_log off; tcp_nodelay on; keepalive_requests 100000000; client_max_body_size 64m; ${temporary}
  client_body_buffer_size ${role === "nginx" ? "256k" : "32m"};
  upstream gateway { server 127.0.0.1:${gatewayPort}; keepalive 1024; keepalive_requests 100000000; }
  init_by_lua_block { cjson = require "cjson" answer = '{"id":"chatcmpl-0","choices":[{"message":{"content":"' .. string.rep("token ", 80) .. '"}}]}'
    event = 'data: {"choices":[{"index":0,"delta":{"content":"token"}}]}\\n\\n'
    chunks = string.rep(string.format("%x\\r\\n%s\\r\\n", #event, event), 500) }
  server { listen 127.0.0.1:${port} backlog=4096; proxy_http_version 1.1; proxy_buffering off; ${locations} }
}
`,
  );
  return file;
}
