import { closes } from "./support/closes";

// LiteLLM decodes the path once before it compares, and resolves dot segments towards providers (V-34).
closes("other spellings of a path", {
  passes: { "the plain spelling": {}, "the spelling without a version": { target: "/chat/completions" } },
  refuses: {
    "an encoded slash": [{ target: "/v1%2Fchat%2Fcompletions" }, "path_encoded"],
    "an encoded letter": [{ target: "/%6bey/list" }, "path_encoded"],
    "an encoded line feed, which reaches admin routes": [{ target: "/key/list%0a" }, "path_encoded"],
    "dot segments": [{ target: "/v1/chat/../../key/list" }, "path_not_normal"],
    "an empty segment": [{ target: "/v1//chat/completions" }, "path_not_normal"],
    "a slash at the end, answered by a redirect to the client's Host": [{ target: "/v1/chat/completions/" }, "path_not_normal"],
    "parameters of a segment": [{ target: "/v1/chat/completions;user=mallory" }, "target_malformed"],
    backslashes: [{ target: "/v1\\chat\\completions" }, "target_malformed"],
    "an absolute address": [{ target: "http://mallory/v1/chat/completions" }, 400],
    capitals: [{ target: "/V1/Chat/Completions" }, "route_unknown"],
    "a prefix": [{ target: "/anything/v1/chat/completions" }, "route_unknown"],
  },
});
