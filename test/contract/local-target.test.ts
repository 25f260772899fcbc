import { FIXED_BY_LOCAL, INSTALLABLE_VERSIONS } from "../../core/config";
import { FIXED_VARIABLES } from "../../tools/local";
import { LOCKED_VERSIONS } from "../../tools/local/python";

/** The environment's check and the local target may not import each other; here they meet. */
test("the check knows the versions that the local target can install", () => {
  expect(INSTALLABLE_VERSIONS).toEqual(LOCKED_VERSIONS);
});

test("the check knows the variables that the local target sets itself", () => {
  expect([...FIXED_BY_LOCAL].sort()).toEqual([...Object.keys(FIXED_VARIABLES), "DATABASE_URL"].sort());
});
