"""Has the real LiteLLM load configurations: the proxy is imported once, and each configuration is loaded in a fork.

Reads a JSON list of YAML texts from stdin, writes a JSON list to stdout: for each configuration whether it loads, the
error that ends it, what the logs of level WARNING and above say, the deployments that are left, the callbacks, and
settings that were asked for.
"""

import asyncio
import json
import logging
import os
import sys
import tempfile

# LITELLM_LOCAL_* keep the lists that LiteLLM would fetch at its start those of the package.
LOCAL = ["MODEL_COST_MAP", "ANTHROPIC_BETA_HEADERS", "BLOG_POSTS", "POLICY_TEMPLATES"]
for name in LOCAL:
    os.environ["LITELLM_LOCAL_" + name] = "True"
os.environ["LITELLM_MASTER_KEY"] = "sk-for-tests-7f3a91c2d4e5b6a7"
for provider in ["OPENAI", "ANTHROPIC", "GEMINI", "AZURE", "MISTRAL"]:
    os.environ[provider + "_API_KEY"] = "no-key-is-needed"

SECONDS = 40


class Remember(logging.Handler):
    def __init__(self, lines):
        super().__init__(logging.WARNING)
        self.lines = lines

    def emit(self, record):
        self.lines.append(f"{record.levelname} {record.getMessage()}"[:400])


def load(path, proxy):
    lines = []
    for name in ["LiteLLM", "LiteLLM Proxy", "LiteLLM Router"]:
        logging.getLogger(name).addHandler(Remember(lines))
    result = {"loads": True, "error": "", "log": lines}
    try:
        loading = proxy.ProxyConfig().load_config(router=None, config_file_path=path)
        router, models, settings = asyncio.run(asyncio.wait_for(loading, SECONDS))
        result.update(seen(router, models, settings))
    except BaseException as error:
        result.update(loads=False, error=f"{type(error).__name__}: {error}"[:600])
    return result


def seen(router, models, settings):
    import litellm

    deployments = router.model_list if router else []
    return {
        "declared": len(models or []),
        "deployments": [d["litellm_params"]["model"] for d in deployments],
        "params": [{k: str(v) for k, v in d["litellm_params"].items()} for d in deployments],
        "ids": [d["model_info"]["id"] for d in deployments],
        "callbacks": [str(getattr(c, "callback_name", c)) for c in litellm.callbacks],
        "success": [str(c) for c in litellm.success_callback],
        "failure": [str(c) for c in litellm.failure_callback],
        "guardrails": sorted(guardrails()),
        "fallbacks": router.fallbacks if router else None,
        "router_redis": bool(router and router.cache.redis_cache),
        "cache": type(litellm.cache).__name__,
        "module": {k: repr(getattr(litellm, k, None)) for k in ["ssl_verify", "extra_spend_tag_headers", "cache"]},
        "environment": {k: os.environ.get(k) for k in ["HOME", "LITELLM_ENABLE_MCP_STDIO", "DOCS_URL"]},
        "general": {k: repr(v) for k, v in (settings or {}).items()},
    }


def guardrails():
    from litellm.proxy.guardrails.guardrail_registry import IN_MEMORY_GUARDRAIL_HANDLER

    return [g["guardrail_name"] for g in IN_MEMORY_GUARDRAIL_HANDLER.IN_MEMORY_GUARDRAILS.values()]


def in_fork(text, proxy):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        sys.stdout = sys.stderr = open(os.devnull, "w")
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(text)
            file.flush()
            os.write(writing, json.dumps(load(file.name, proxy), default=str).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return json.loads(answer) if answer else {"loads": False, "error": "the process ended", "log": []}


def main():
    texts = json.load(sys.stdin)
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    import litellm.proxy.proxy_server as proxy

    json.dump([in_fork(text, proxy) for text in texts], out)
    out.flush()


main()
