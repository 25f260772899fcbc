"""Asks through the identity proxy as the official Python clients do, with a token as the API key.

Arguments: the proxy's URL. Standard input: the token. Output: one JSON object, what each way of asking answered.
"""

import json
import sys

import anthropic
import openai

url, token = sys.argv[1], sys.stdin.read().strip()
MESSAGES = [{"role": "user", "content": "hi"}]

chat = openai.OpenAI(base_url=f"{url}/v1", api_key=token, max_retries=0)
claude = anthropic.Anthropic(base_url=url, api_key=token, max_retries=0)
spoofed = {"x-litellm-end-user-id": "mallory", "x-litellm-tags": "mallory"}


def openai_streamed():
    chunks = chat.chat.completions.create(model="oai", messages=MESSAGES, stream=True, user="mallory", extra_headers=spoofed)
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


def anthropic_streamed():
    with claude.messages.stream(model="ant", max_tokens=9, messages=MESSAGES, metadata={"user_id": "mallory"}) as stream:
        return stream.get_final_text()


def refused():
    try:
        openai.OpenAI(base_url=f"{url}/v1", api_key="sk-mallory", max_retries=0).models.list()
    except openai.AuthenticationError as error:
        return error.code


print(
    json.dumps(
        {
            "openai": chat.chat.completions.create(model="oai", messages=MESSAGES, user="mallory", extra_headers=spoofed)
            .choices[0]
            .message.content,
            "openai, streamed": openai_streamed(),
            "anthropic": claude.messages.create(model="ant", max_tokens=9, messages=MESSAGES).content[0].text,
            "anthropic, streamed": anthropic_streamed(),
            "refused": refused(),
        }
    )
)
