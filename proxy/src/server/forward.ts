import { bodyKind } from "../body";
import { BodyForwarding } from "./body-forwarding";
import { bodyRefusal, tooLarge, wrongKind } from "./body-refusal";
import { openExchange } from "./exchange";
import type { Admitted, Service } from "./service";
import type { Transaction } from "./transaction";

/** The length of a body that comes in chunks. */
const UNKNOWN = -1;

/** Sends an admitted request to the gateway. */
export function forward(service: Service, transaction: Transaction, admitted: Admitted): void {
  const { lines, response } = transaction;
  const { route } = admitted;
  const length = lines["transfer-encoding"] === undefined ? Number(lines["content-length"] ?? 0) : UNKNOWN;
  if (route.body === "none") {
    if (length === 0) openExchange(service, transaction, admitted, { length: 0 }).end();
    else transaction.refuse({ status: 400, code: "body_unexpected", message: "this route takes no body" });
    return;
  }
  const kind = bodyKind(lines["content-type"], lines["content-encoding"]);
  const { bodyBytes } = service.generation.loaded.settings.limits;
  const refusal = kind.ok
    ? (wrongKind(route, kind.kind) ?? (length > bodyBytes ? tooLarge(bodyBytes) : undefined))
    : bodyRefusal(kind);
  if (refusal || !kind.ok) {
    if (refusal) transaction.refuse(refusal);
    return;
  }
  const body = new BodyForwarding(service, transaction, admitted, kind, length);
  // The caller is known and may use the route: the client may send what it holds back.
  if (lines.expect !== undefined) response.writeContinue();
  body.start();
}
