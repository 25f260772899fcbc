export type { BucketApi, BucketEncryption, BucketSight } from "./bucket-api";
export { type InitStep, initStateBucket, type WantedBucket } from "./init-bucket";
export { type S3BucketOptions, s3Bucket } from "./s3-bucket";
export { sdkFailure } from "./sdk-failure";
export { StateError } from "./state-error";
