"""What a gateway does with its cache, by LiteLLM's own client: made from the environment alone, as its coordination does."""

import asyncio
import json
import sys

from litellm import _redis
from litellm.caching.redis_cache import RedisCache
from redis.exceptions import NoPermissionError

ADD_SCRIPT = "return redis.call('INCRBY', KEYS[1], ARGV[1])"


def refused(call):
    try:
        call()
        return False
    except NoPermissionError:
        return True


async def use(cache, times):
    script = cache.async_register_script(ADD_SCRIPT)
    for _ in range(times):
        await cache.async_increment("spend", 0.5)
        await cache.async_increment_with_floor("in-flight", 1, 60)
        await script(keys=["requests"], args=[1])
    channel = cache.init_async_client().pubsub()
    await channel.subscribe("config")
    await cache.init_async_client().publish("config", "changed")
    heard = None
    while heard is None or heard["type"] != "message":
        heard = await channel.get_message(timeout=5)
    return {
        "spend": await cache.async_get_cache("spend"),
        "requests": await cache.async_get_cache("requests"),
        "heard": heard["data"].decode() if isinstance(heard["data"], bytes) else heard["data"],
    }


def main():
    cache = RedisCache(**_redis._redis_kwargs_from_environment())
    user, token = cache.redis_client.connection_pool.connection_kwargs["credential_provider"].get_credentials()
    counted = asyncio.run(use(cache, int(sys.argv[1])))
    print(
        json.dumps(
            {
                **counted,
                "version": cache.redis_version,
                "user": user,
                "token": token.split("X-Amz-Credential")[0],
                "flush_refused": refused(cache.redis_client.flushall),
                "config_refused": refused(lambda: cache.redis_client.config_get("*")),
            }
        )
    )


main()
