import { release } from "../../../proxy/src/memory";

test("the memory of a buffer of its own is given back at once", () => {
  const buffer = Buffer.alloc(65_536, "a");
  release(buffer);
  expect(buffer.length).toBe(0);
});

test("a buffer that was released before is left alone", () => {
  const buffer = Buffer.alloc(65_536, "a");
  release(buffer);
  expect(() => release(buffer)).not.toThrow();
});

test("a small buffer is left to the engine", () => {
  const buffer = Buffer.allocUnsafeSlow(1000);
  release(buffer);
  expect(buffer.length).toBe(1000);
});

test.each([
  ["the pool that Node cuts small buffers from", () => Buffer.from("shared")],
  ["a larger buffer", () => Buffer.alloc(65_536, "a").subarray(10)],
  ["a larger buffer, from its beginning", () => Buffer.alloc(65_536, "a").subarray(0, 10)],
])("a part of %s stays as it is", (_what, make) => {
  const buffer = make();
  const { length } = buffer;
  release(buffer);
  expect(buffer.length).toBe(length);
});
