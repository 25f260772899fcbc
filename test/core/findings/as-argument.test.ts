import { asArgument } from "../../../core/findings";

test.each([
  ["environments/prod.yaml", "environments/prod.yaml"],
  ["../a_b/C-1.yaml", "../a_b/C-1.yaml"],
  ["my files/prod.yaml", "'my files/prod.yaml'"],
  ["it's.yaml", "'it'\\''s.yaml'"],
  ["$(reboot).yaml", "'$(reboot).yaml'"],
  ["~/prod.yaml", "'~/prod.yaml'"],
  ["C:\\prod.yaml", "'C:\\prod.yaml'"],
  ["", "''"],
])("%s is shown as %s", (text, shown) => {
  expect(asArgument(text)).toBe(shown);
});
