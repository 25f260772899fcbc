import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { freePort } from "../../tools/local/fake-kit";
import { type FoundTool, pythonTool } from "../support/python-tool";

/** An AWS API on this machine. */
export interface Moto {
  /** `http://127.0.0.1:<port>`. */
  readonly endpoint: string;
  /** What Terraform and the AWS SDKs need to speak with it and with nobody else. */
  readonly environment: Readonly<Record<string, string>>;
  /** Asks it with Python's SDK: the text that `code` prints. `client(name)` is there. */
  ask(code: string): string;
  /** Has it nothing again. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}

/** What an environment file takes for granted. */
export interface Network {
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly clients: readonly string[];
}

const START_SECONDS = 60;
const REGION = "eu-central-1";

/** moto_server of the version that the lists beside this file are about. */
export function findMoto(): FoundTool {
  return pythonTool({ name: "moto", version: "5.2.1", extras: "moto[server]", program: "moto_server" });
}

/** Starts an AWS that has nothing yet. */
export async function startMoto({ command, python }: { readonly command: string; readonly python: string }): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  // Policies that AWS itself manages are there only when they are asked for.
  const environment = { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" };
  const server = spawn(command, ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore", env: environment });
  await answering(endpoint, server);
  const client = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const forget = async (): Promise<void> => {
    await fetch(`${endpoint}/moto-api/reset`, { method: "POST" });
  };
  const ask = (code: string): string =>
    execFileSync(python, ["-c", `import boto3, json\nclient = boto3.client\n${code}`], {
      encoding: "utf8",
      env: { ...process.env, ...client },
    }).trim();
  return { endpoint, environment: client, ask, forget, stop: () => ended(server) };
}

async function answering(endpoint: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < START_SECONDS * 4; attempt++) {
    if (server.exitCode !== null) throw new Error(`moto_server ended with ${server.exitCode}`);
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`moto_server did not answer within ${START_SECONDS} s`);
}

async function ended(server: ChildProcess): Promise<void> {
  const over = new Promise((resolve) => server.once("exit", resolve));
  server.kill();
  await over;
}

/** A VPC with two private subnets and the security group of a cluster's pods. */
export function makeNetwork(moto: Moto): Network {
  return JSON.parse(
    moto.ask(`
ec2 = client("ec2")
vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
zone = lambda i: "${REGION}" + "ab"[i]
subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.20.{i}.0/24", AvailabilityZone=zone(i))["Subnet"]["SubnetId"] for i in range(2)]
pods = ec2.create_security_group(GroupName="pods", Description="pods", VpcId=vpc)["GroupId"]
print(json.dumps({"vpc": vpc, "subnets": subnets, "clients": [pods]}))`),
  );
}
