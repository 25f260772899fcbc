import { uvVariables } from "../../../../tools/local/python/registry";

test.each([
  ["an index", "global.index-url='https://pip.test/simple'", { UV_DEFAULT_INDEX: "https://pip.test/simple" }],
  [
    "a variable before a file",
    ":env:.index-url='https://b.test'\nglobal.index-url='https://a.test'",
    { UV_DEFAULT_INDEX: "https://b.test" },
  ],
  [
    "a command's section before the global one",
    "install.index-url='https://b.test'\nglobal.index-url='https://a.test'",
    { UV_DEFAULT_INDEX: "https://b.test" },
  ],
  [
    "more indexes, of which any may hold a file",
    "global.extra-index-url='\\nhttps://a.test\\nhttps://b.test'",
    { UV_INDEX: "https://a.test https://b.test", UV_INDEX_STRATEGY: "unsafe-best-match" },
  ],
  ["links", ":env:.find-links='/a /b'", { UV_FIND_LINKS: "/a,/b" }],
  ["a certificate", "global.cert='/etc/ca.pem'", { SSL_CERT_FILE: "/etc/ca.pem" }],
  ["a password with a quote", 'global.index-url="https://u:p\'w@pip.test"', { UV_DEFAULT_INDEX: "https://u:p'w@pip.test" }],
  ["what uv has no word for", "global.timeout='60'\n:env:.disable-pip-version-check='1'", {}],
  ["nothing", "", {}],
])("pip's configuration reaches uv: %s", (_, listed, expected) => {
  expect(uvVariables(listed, {})).toEqual(expected);
});

test("what the user set for uv stays", () => {
  expect(uvVariables("global.index-url='https://a.test'", { UV_DEFAULT_INDEX: "https://mine.test" })).toEqual({});
});
