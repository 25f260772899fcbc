import type { BucketApi, BucketEncryption, BucketSight } from "../../../tools/state";

/** What S3 knows of the bucket, and the calls that changed it. */
export interface FakeBucket extends BucketApi {
  readonly calls: string[];
  readonly state: BucketState;
}

interface BucketState {
  sight: BucketSight;
  ours: boolean;
  /** Somebody else takes the name between looking and making. */
  taken: boolean;
  empty: boolean;
  tags: Readonly<Record<string, string>>;
  blocked: boolean;
  owns: boolean;
  encryption?: BucketEncryption;
  versioned: boolean;
  policy?: string;
}

const ABSENT: BucketState = {
  sight: { kind: "absent" },
  ours: false,
  taken: false,
  empty: true,
  tags: {},
  blocked: false,
  owns: false,
  versioned: false,
};

/** A bucket that behaves as S3's do. `failAt` ends the connection at that call. */
export function fakeBucket(given: Partial<BucketState> = {}, failAt?: string): FakeBucket {
  const state: BucketState = { ...ABSENT, ...given };
  const calls: string[] = [];
  const change = (name: string, effect: () => void): void => {
    if (name === failAt) throw new Error("connection lost");
    calls.push(name);
    effect();
  };
  return {
    calls,
    state,
    see: async () => state.sight,
    isOurs: async () => state.ours,
    create: async (region) => {
      if (state.taken) return false;
      change("create", () => Object.assign(state, { sight: { kind: "present", region }, ours: true }));
      return true;
    },
    isEmpty: async () => state.empty,
    tags: async () => state.tags,
    setTags: async (tags) => change("setTags", () => Object.assign(state, { tags })),
    blocksPublicAccess: async () => state.blocked,
    blockPublicAccess: async () => change("blockPublicAccess", () => Object.assign(state, { blocked: true })),
    ownsObjects: async () => state.owns,
    ownObjects: async () => change("ownObjects", () => Object.assign(state, { owns: true })),
    encryption: async () => state.encryption,
    setEncryption: async (encryption) => change("setEncryption", () => Object.assign(state, { encryption })),
    isVersioned: async () => state.versioned,
    setVersioned: async () => change("setVersioned", () => Object.assign(state, { versioned: true })),
    policy: async () => state.policy,
    setPolicy: async (policy) => change("setPolicy", () => Object.assign(state, { policy })),
  };
}
