export { findPython, forPython } from "./find-python";
export { installLitellm, type LitellmInstallation } from "./install-litellm";
export { LOCKED_VERSIONS } from "./locks";
