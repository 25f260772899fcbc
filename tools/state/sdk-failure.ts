import { StateError } from "./state-error";

/**
 * What AWS or the way to it said no to, as an error that a user can do something about; undefined for everything else, which
 * is a defect.
 */
export function sdkFailure(error: unknown, bucket: string): StateError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  if (error.name === "CredentialsProviderError") {
    return new StateError(
      "there are no AWS credentials",
      "sign in as for the AWS command: aws sso login, a profile, or AWS_ACCESS_KEY_ID",
    );
  }
  if ("$metadata" in error && error.name === "AccessDenied") {
    return new StateError(`AWS refuses: ${error.message}`, `use a role that may make and configure the bucket ${bucket}`);
  }
  if ("$metadata" in error || code !== undefined) {
    return new StateError(
      `S3 cannot be asked: ${error.name}: ${error.message}`,
      "look at the region, the credentials and the way to AWS",
    );
  }
  return undefined;
}
