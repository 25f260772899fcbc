// Everything below reads it when a proxy is started.
process.env.IDENTITY_PROXY_FRONT = "strict";
