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

/** Removes what a client claims, and writes who it is. The rest of the job can be put before and behind it. */
const lua = (whoCalls: string, mayUse: string): string => `
    access_by_lua_block {
      local req = ngx.req
      local h = req.get_headers(0)
      ${whoCalls}
      for k in pairs(h) do
        if k == "x-api-key" or k == "api-key" or k == "cookie" or k:sub(1, 10) == "x-litellm-" or k:sub(1, 12) == "x-forwarded-" then
          req.clear_header(k)
        end
      end
      req.set_header("Authorization", "Bearer sk-gateway")
      req.set_header("x-litellm-end-user-id", caller.user)
      req.set_header("x-litellm-tags", caller.tags)
      req.read_body()
      local ok, body = pcall(cjson.decode, req.get_body_data())
      if not ok or type(body) ~= "table" then return ngx.exit(400) end
      ${mayUse}
      body.user = nil
      body.tags = nil
      if type(body.metadata) == "table" then body.metadata.tags = nil body.metadata.user_id = nil end
      req.set_body_data(cjson.encode(body))
    }
    proxy_pass http://gateway; proxy_set_header Connection "";`;

/** The job of the identity proxy, as OpenResty users write it. */
const LUA_JOB = `location / { ${lua(
  'if h["authorization"] ~= "Bearer sk-client" then return ngx.exit(401) end local caller = alice',
  "",
)} }`;

/** The whole of it: a token is known by its hash until it ends, routes and models are allowed, and each request is counted and audited. */
const LUA_WHOLE_JOB = `location / { ${lua(
  `if not routes[ngx.req.get_method() .. ngx.var.uri] then return ngx.exit(404) end
      local hash = ngx.sha1_bin(h["authorization"] or "")
      local caller = callers[hash]
      if not caller then caller = { user = "alice", tags = "engineering", ends = ngx.time() + 36000 } callers[hash] = caller end
      if caller.ends < ngx.time() then return ngx.exit(401) end
      ngx.ctx.caller = caller`,
  'if type(body.model) ~= "string" or body.model:sub(1, 4) ~= "gpt-" then return ngx.exit(403) end ngx.ctx.model = body.model',
)}
    log_by_lua_block {
      local seconds, status = tonumber(ngx.var.request_time), ngx.var.status
      counts:incr("requests " .. status:sub(1, 1), 1, 0)
      for _, bound in ipairs(bounds) do if seconds <= bound then counts:incr("seconds " .. bound, 1, 0) end end
      counts:incr("in", tonumber(ngx.var.request_length), 0)
      counts:incr("out", tonumber(ngx.var.bytes_sent), 0)
      io.stdout:write(cjson.encode({ time = ngx.var.time_iso8601, id = ngx.var.request_id, decision = "forwarded", status = tonumber(status),
        route = ngx.var.uri, method = ngx.var.request_method, caller = ngx.ctx.caller.user, groups = { ngx.ctx.caller.tags },
        model = ngx.ctx.model, seconds = seconds, bytesIn = tonumber(ngx.var.request_length), bytesOut = tonumber(ngx.var.bytes_sent) }), "\\n")
    } }`;

const PLAIN = `location / { proxy_pass http://gateway; proxy_set_header Connection ""; proxy_request_buffering off; }`;

/** What an nginx of the bench does. */
export type NginxRole = "gateway" | "nginx" | "nginx-lua" | "nginx-lua-whole";

/** Writes the configuration of an nginx and returns the path of the file. */
export function nginxConfiguration(folder: string, role: NginxRole, port: number, gatewayPort: number): string {
  const own = join(folder, role);
  mkdirSync(own, { recursive: true });
  const file = join(own, "nginx.conf");
  const locations = { gateway: GATEWAY, nginx: PLAIN, "nginx-lua": LUA_JOB, "nginx-lua-whole": LUA_WHOLE_JOB }[role];
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
  lua_shared_dict counts 1m;
  init_by_lua_block { cjson = require "cjson" alice = { user = "alice", tags = "engineering" } callers = {} counts = ngx.shared.counts
    routes = { ["POST/v1/chat/completions"] = true } bounds = { 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10 }
    answer = '{"id":"chatcmpl-0","choices":[{"message":{"content":"' .. string.rep("token ", 80) .. '"}}]}'
    event = 'data: {"choices":[{"index":0,"delta":{"content":"token"}}]}\\n\\n'
    chunks = string.rep(string.format("%x\\r\\n%s\\r\\n", #event, event), 500) }
  server { listen 127.0.0.1:${port} backlog=4096; proxy_http_version 1.1; proxy_buffering off; ${locations} }
}
`,
  );
  return file;
}
