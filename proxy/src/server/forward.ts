import { bodyKind } from "../body";
import { BodyForwarding } from "./body-forwarding";
import { bodyRefusal, tooLarge, wrongKind } from "./body-refusal";
import { openExchange } from "./exchange";
import { announcedLength } from "./incoming-body";
import type { Admitted, Service } from "./service";
import type { Transaction } from "./transaction";

/** Sends an admitted request to the gateway. */
export function forward(service: Service, transaction: Transaction, admitted: Admitted): void {
  const { request, response } = transaction;
  const { route } = admitted;
  const length = announcedLength(request);
  if (route.body === "none") {
    if (length === 0) openExchange(service, transaction, admitted, { length: 0 }).end();
    else transaction.refuse({ status: 400, code: "body_unexpected", message: "this route takes no body" });
    return;
  }
  const kind = bodyKind(request.headers["content-type"], request.headers["content-encoding"]);
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
  if (request.headers.expect !== undefined) response.writeContinue();
  body.start();
}
