import type { Delivery } from "../../../core/keys";
import { AwsRefusal } from "./aws-client";
import { DeliveryError } from "./destination";

type Place = Extract<Delivery, { awsSecretsManager: unknown }>;

/** Turns what AWS answers into what is wrong and what to do. */
export async function explainedAws<Answer>(place: Place, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof AwsRefusal ? deliveryError(place, error.reason) : error;
  }
}

/** Something is there that this owner did not deliver. */
export function inTheWayOf({ awsSecretsManager: { name, field } }: Place): DeliveryError {
  const what = field === undefined ? `secret ${name}` : `field ${field} of secret ${name}`;
  return new DeliveryError(
    `${what} has a value already that was not delivered by this owner`,
    "remove it, or deliver to another one",
  );
}

function deliveryError({ awsSecretsManager: { name } }: Place, reason: string): DeliveryError {
  switch (reason) {
    case "AccessDeniedException":
      return new DeliveryError(
        `not allowed to deliver to secret ${name}`,
        "allow DescribeSecret, CreateSecret, PutSecretValue and TagResource on it, for a field GetSecretValue too, and its KMS key",
      );
    case "CredentialsProviderError":
    case "ExpiredTokenException":
    case "UnrecognizedClientException":
    case "InvalidSignatureException":
      return new DeliveryError(
        `AWS does not know who asks for secret ${name} (${reason})`,
        "sign in: aws sts get-caller-identity",
      );
    case "RegionMissing":
      return new DeliveryError(`no AWS region for secret ${name}`, "name it in the keys file, or set AWS_REGION");
    case "ResourceExistsException":
      return new DeliveryError(`somebody else wrote to secret ${name} at the same moment`, "run again");
    default:
      return new DeliveryError(`AWS Secrets Manager refused secret ${name} (${reason})`, "look at it in AWS CloudTrail");
  }
}
