import { closes } from "./support/closes";

const left = ({ body }: { body: string }): void => expect(JSON.parse(body)).not.toHaveProperty("custom_llm_provider");

// As an object it stops LiteLLM's accounting for everybody, until a restart.
closes("the member custom_llm_provider", {
  passes: { "a request without it": { target: "/v1/rerank", body: { query: "q", documents: ["a"] }, arrives: left } },
  drops: {
    "an object": { target: "/v1/rerank", body: { custom_llm_provider: { a: "mallory" } }, arrives: left },
    "a text": { body: { custom_llm_provider: "mallory" }, arrives: left },
  },
});
