import fc from "fast-check";
import { connectionBudget, memoryOf, mostConnections } from "../../../core/config/database-connections";

test.each([
  ["db.t4g.micro", 1, 112],
  ["db.t3.small", 2, 225],
  ["db.t4g.medium", 4, 450],
  ["db.m7g.large", 8, 901],
  ["db.m8g.4xlarge", 64, 5000],
  ["db.r7g.large", 16, 1802],
  ["db.r6i.xlarge", 32, 3604],
])("%s has %i GiB and allows %i connections at most", (instanceClass, memory, connections) => {
  expect(memoryOf(instanceClass)).toBe(memory);
  expect(mostConnections(memory)).toBe(connections);
});

test.each(["db.t9.micro", "db.m7g.medium", "db.x2g.large", "db.serverless", "m7g.large", "db.t4g.4xlarge"])(
  "%s is not guessed at",
  (instanceClass) => {
    expect(memoryOf(instanceClass)).toBeUndefined();
    expect(connectionBudget({ instanceClass }, { replicas: 1, workers: 1, pool: 1 })).toBeUndefined();
  },
);

test("what the repair says fits, and one more does not", () => {
  const gateways = fc.record({
    replicas: fc.integer({ min: 1, max: 200 }),
    workers: fc.integer({ min: 1, max: 8 }),
    pool: fc.integer({ min: 1, max: 100 }),
  });
  const instanceClass = fc.constantFrom("db.t4g.micro", "db.t4g.medium", "db.m7g.large", "db.r7g.2xlarge");
  fc.assert(
    fc.property(instanceClass, gateways, (chosen, given) => {
      const verdict = (change: Partial<typeof given>) =>
        connectionBudget({ instanceClass: chosen }, { ...given, ...change })?.verdict;
      const budget = connectionBudget({ instanceClass: chosen }, given);
      if (budget?.verdict !== "exceeds") return;
      const { replicasThatFit, poolThatFits } = budget;
      if (replicasThatFit > 0) expect(verdict({ replicas: replicasThatFit })).not.toBe("exceeds");
      if (poolThatFits > 0) expect(verdict({ pool: poolThatFits })).not.toBe("exceeds");
      expect(verdict({ replicas: replicasThatFit + 1 })).toBe("exceeds");
      expect(verdict({ pool: poolThatFits + 1 })).toBe("exceeds");
    }),
  );
});
