"""The database URL that LiteLLM makes of the gateway's variables, with the signature cut out of its token."""

import json
import os
import urllib.parse

from litellm.proxy.db.db_url_settings import DatabaseURLSettings

assembled = DatabaseURLSettings.from_env().apply_writer_url_to_env()
url = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
token = urllib.parse.unquote_plus(url.password or "")
endpoint, _, query = token.partition("/?")
signed = dict(urllib.parse.parse_qsl(query))
print(
    json.dumps(
        {
            "assembled": assembled,
            "scheme": url.scheme,
            "user": url.username,
            "address": f"{url.hostname}:{url.port}{url.path}",
            "sslmode": dict(urllib.parse.parse_qsl(url.query)).get("sslmode"),
            "token_for": endpoint,
            "action": signed.get("Action"),
            "as": signed.get("DBUser"),
            "region": signed.get("X-Amz-Credential", "").split("/")[2:3],
            "signed": len(signed.get("X-Amz-Signature", "")),
        }
    )
)
