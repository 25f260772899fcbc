import type { LocalEnvironment } from "../../core/config";
import { LocalError, userToken } from "../../tools/local";
import { ask } from "./ask";
import { type Claims, claiming, HONEST } from "./claims";
import type { Attribution } from "./recorded";

/** Where people ask, and how to learn on whom their requests were booked. */
export interface Demonstration {
  readonly environment: LocalEnvironment;
  /** Folder of the project that the tokens are made for, absolute. */
  readonly project: string;
  /** Of the identity proxy. */
  readonly url: string;
  /** Who the gateway thinks has sent the request. */
  readonly attribution: (id: string) => Promise<Attribution>;
  readonly say: (text: string) => void;
}

interface Person {
  readonly name: string;
  readonly email: string;
  readonly group: string;
}

/**
 * Two people ask, then the second claims to be the first. Says nothing where the environment has fewer than two.
 * @throws LocalError when a request is booked on somebody else
 */
export async function letPeopleAsk(demonstration: Demonstration): Promise<void> {
  const [first, second] = peopleOf(demonstration.environment);
  if (!first || !second) return;
  for (const person of [first, second]) {
    const { content, booked } = await askAs(demonstration, person, HONEST);
    const who = `${person.name} (${person.group})`.padEnd(20);
    demonstration.say(
      `  ${who} asked ${modelOf(demonstration.environment)}: ${JSON.stringify(content)}   recorded as ${shown(booked)}`,
    );
  }
  const { booked } = await askAs(demonstration, second, claiming(first.email, first.group));
  demonstration.say(`  ${second.name}, claiming to be ${first.name} in 3 headers and 4 body fields:   still ${shown(booked)}`);
}

async function askAs(
  { environment, project, url, attribution }: Demonstration,
  { name, email, group }: Person,
  claims: Claims,
): Promise<{ content: string; booked: Attribution }> {
  const token = await userToken({ project, name: environment.name, user: name, now: Date.now(), minutes: 5 });
  const { content, id } = await ask({ url, token, model: modelOf(environment), claims });
  const booked = await attribution(id);
  if (booked.user === email && booked.tags.length === 1 && booked.tags[0] === group) return { content, booked };
  throw new LocalError(
    `a request of ${name} was booked on ${shown(booked)}`,
    `expected ${email}, tag ${group}: this is a defect, please report it`,
  );
}

/** Those with one group whose tag is its name, so that what is to be recorded is plain. */
function peopleOf({ identityProxy }: LocalEnvironment): Person[] {
  return Object.entries(identityProxy?.development?.users ?? {}).flatMap(([name, { email, groups }]) => {
    const [group, ...others] = groups;
    return group !== undefined && others.length === 0 ? [{ name, email, group }] : [];
  });
}

function modelOf({ litellm }: LocalEnvironment): string {
  const [first] = Array.isArray(litellm.config.model_list) ? (litellm.config.model_list as { model_name?: unknown }[]) : [];
  return String(first?.model_name ?? "");
}

function shown({ user, tags }: Attribution): string {
  return `${user || "nobody"}, ${tags.length === 0 ? "no tag" : `tag ${tags.join(", ")}`}`;
}
