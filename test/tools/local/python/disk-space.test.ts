import { checkDiskSpace } from "../../../../tools/local/python/disk-space";

test("enough space passes", () => {
  expect(() => checkDiskSpace("/cache", () => ({ bavail: 1200, bsize: 1e6 }))).not.toThrow();
});

test("too little space says how much is missing", () => {
  const check = (): void => checkDiskSpace("/cache", () => ({ bavail: 300, bsize: 1e6 }));

  expect(check).toThrow("LiteLLM's packages need 1200 MB, but /cache has 300 MB free");
  expect(check).toThrow(expect.objectContaining({ repair: expect.stringContaining("free 900 MB") }));
});
