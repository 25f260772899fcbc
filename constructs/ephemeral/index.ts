export * from "./ephemeral";
