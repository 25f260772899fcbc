import { type Refusal, shapeOfPath } from "../errors";
import type { ClientRequest, ClientResponse } from "../front";
import type { Identified, IdentitySource } from "../identity";
import { type RouteProblem, readTarget, type TargetProblem } from "../routes";
import { admit, judgeModel } from "./admission";
import { forward } from "./forward";
import type { Generation } from "./generation";
import { pathAndQuery } from "./path-and-query";
import type { Admitted, Service } from "./service";
import { INTERNAL, Transaction } from "./transaction";

/** From the head of a request to its answer: route, caller, rights, body, gateway. The first thing that is wrong ends it. */
export function handleRequest(service: Service, listener: string, request: ClientRequest, response: ClientResponse): void {
  const { generation } = service;
  const transaction = new Transaction(generation, listener, request, response);
  const source = generation.source(listener);
  transaction.whenClosed(() => transaction.cutShort());
  if (service.draining || !source) response.closeAfter();
  transaction.guard(() => {
    const problem = overloaded(generation) ?? findRoute(transaction, request.method ?? "");
    if (problem || !source) transaction.refuse(problem ?? LISTENER_GONE);
    else whenIdentified(transaction, source, (identified) => proceed(service, transaction, identified));
  });
}

/** Goes on as soon as it is known who calls: at once for a proof that is known. */
export function whenIdentified(transaction: Transaction, source: IdentitySource, next: (identified: Identified) => void): void {
  const identified = source.identify(transaction.request);
  if (!(identified instanceof Promise)) next(identified);
  else identified.then(next).catch(() => transaction.refuse(INTERNAL, "failed"));
}

function proceed(service: Service, transaction: Transaction, identified: Identified): void {
  if (transaction.ended) return;
  const admitted = admitCaller(service.generation, transaction, identified);
  if ("code" in admitted) transaction.refuse(admitted);
  else forward(service, transaction, admitted);
}

/** Sets the route of the transaction, or says why there is none. */
export function findRoute(transaction: Transaction, method: string): Refusal | undefined {
  const head = transaction.request.checkedHead();
  if (!head.ok) return { status: head.code === "expectation_unsupported" ? 417 : 400, code: head.code, message: head.message };
  transaction.lines = head.lines;
  const target = readTarget(transaction.request.url ?? "");
  if (typeof target === "string") return TARGET_PROBLEMS[target];
  transaction.shape = shapeOfPath(target.path);
  const found = transaction.generation.profile.routes.find(method, target.path);
  if (typeof found === "string") return ROUTE_PROBLEMS[found];
  transaction.route = found.route;
  transaction.shape = found.route.shape;
  transaction.pathModel = found.pathModel;
  return undefined;
}

/** Who calls, and whether that caller may use the route and the model that path and query name. */
export function admitCaller(generation: Generation, transaction: Transaction, identified: Identified): Admitted | Refusal {
  const { route, pathModel, request } = transaction;
  if (!route) return INTERNAL;
  if ("refused" in identified) return identified.refused;
  const known = generation.callers.get(identified.identity);
  transaction.identity = identified.identity;
  if ("code" in known) return known;
  const caller = route.class === "pass-through" ? (known.passThrough ?? known) : known;
  transaction.groups = caller.grant.groups.length;
  transaction.changedTags = caller.changedTags;
  const models = admit(caller, route);
  if ("code" in models) return models;
  const target = pathAndQuery(request.url ?? "", route);
  if ("code" in target) return target;
  const model = pathModel ?? target.model;
  if (model !== undefined) transaction.model = model;
  const refused = model === undefined ? undefined : judgeModel(models, model);
  if (refused) return refused;
  if (route.model === "query" && model === undefined && !models.any)
    return { status: 400, code: "model_missing", message: "the query names no model" };
  return { caller, route, models, target: target.text };
}

/** The refusal of one request too many. */
export function overloaded({ metrics, loaded }: Generation): Refusal | undefined {
  if (metrics.active <= loaded.settings.limits.requests) return undefined;
  return { status: 503, code: "too_many_requests", message: "the identity proxy is at its limit of requests", retryAfter: 1 };
}

/** A connection that was open when new settings came without its listener. */
export const LISTENER_GONE: Refusal = { status: 503, code: "listener_gone", message: "this address is no longer served" };

const TARGET_PROBLEMS: Readonly<Record<TargetProblem, Refusal>> = {
  target_malformed: { status: 400, code: "target_malformed", message: "the request target holds characters that no route has" },
  path_encoded: { status: 400, code: "path_encoded", message: "the path holds percent escapes, and no route needs any" },
  path_not_normal: { status: 400, code: "path_not_normal", message: "the path has empty or dot segments, or ends in a slash" },
};

const ROUTE_PROBLEMS: Readonly<Record<RouteProblem, Refusal>> = {
  route_unknown: { status: 404, code: "route_unknown", message: "this route is not forwarded" },
  method_not_allowed: { status: 405, code: "method_not_allowed", message: "this route has no such method" },
};
