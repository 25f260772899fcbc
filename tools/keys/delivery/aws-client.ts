import type {
  CreateSecretCommandInput,
  DescribeSecretCommandOutput,
  PutSecretValueCommandInput,
  PutSecretValueCommandOutput,
  Tag,
} from "@aws-sdk/client-secrets-manager";

const ANSWER_WITHIN = 30_000;
const QUIET = "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED";

/** The part of AWS Secrets Manager that delivery needs, in its own words. Every call may throw AwsRefusal. */
export interface AwsSecrets {
  /** Undefined where there is no such secret. */
  describe(
    secretId: string,
  ): Promise<Pick<DescribeSecretCommandOutput, "DeletedDate" | "Tags" | "VersionIdsToStages"> | undefined>;
  read(secretId: string): Promise<string | undefined>;
  create(input: CreateSecretCommandInput): Promise<void>;
  putValue(input: PutSecretValueCommandInput): Promise<Pick<PutSecretValueCommandOutput, "VersionStages">>;
  tag(secretId: string, tags: readonly Tag[]): Promise<void>;
}

/** AWS said no, or nothing. Carries the name of the exception alone: AWS quotes values that do not pass its validation. */
export class AwsRefusal extends Error {
  constructor(
    /** `AccessDeniedException`, `ECONNREFUSED`, ... */
    readonly reason: string,
  ) {
    super(reason);
    this.name = "AwsRefusal";
  }
}

/**
 * The official SDK, with the credentials that the AWS command line would use. It retries by itself.
 *
 * @param region `undefined`: of the environment or the profile
 */
export async function connectAws(region: string | undefined): Promise<AwsSecrets> {
  const aws = await import("@aws-sdk/client-secrets-manager");
  const client = quietly(
    () =>
      new aws.SecretsManagerClient({
        ...(region === undefined ? {} : { region }),
        maxAttempts: 4,
        requestHandler: { requestTimeout: ANSWER_WITHIN, connectionTimeout: ANSWER_WITHIN, throwOnRequestTimeout: true },
      }),
  );
  return {
    describe: (SecretId) => unlessAbsent(client.send(new aws.DescribeSecretCommand({ SecretId }))),
    read: async (SecretId) => (await unlessAbsent(client.send(new aws.GetSecretValueCommand({ SecretId }))))?.SecretString,
    create: async (input) => void (await refused(client.send(new aws.CreateSecretCommand(input)))),
    putValue: (input) => refused(client.send(new aws.PutSecretValueCommand(input))),
    tag: async (SecretId, tags) => void (await refused(client.send(new aws.TagResourceCommand({ SecretId, Tags: [...tags] })))),
  };
}

/**
 * Makes a client without the SDK's notice that versions from 2027 on will need Node 22: the SDK's version is pinned, so the
 * user can do nothing about it. The SDK looks at this switch of its own once, when the first client is made.
 */
function quietly<Client>(make: () => Client): Client {
  const before = process.env[QUIET];
  process.env[QUIET] = "true";
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[QUIET];
    else process.env[QUIET] = before;
  }
}

async function unlessAbsent<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await refused(answer);
  } catch (error) {
    if (error instanceof AwsRefusal && error.reason === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

async function refused<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    const { name, code, message } = error as { name?: unknown; code?: unknown; message?: unknown };
    // The SDK gives this one no name of its own.
    if (message === "Region is missing") throw new AwsRefusal("RegionMissing");
    throw new AwsRefusal(
      ([code, name].find((text) => typeof text === "string" && /^\w{1,60}$/.test(text)) as string) ?? "failed",
    );
  }
}
