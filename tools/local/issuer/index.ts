export { type DeployedIssuer, issuerFile, removeIssuer, writeIssuer } from "./deployed-issuer";
export { issuerPart } from "./issuer-part";
export { DISCOVERY, issuerServer } from "./issuer-server";
export { publicKey, type SigningKey, signingKey } from "./signing-key";
export { developmentUsers, type IssuerPlace, type TokenOptions, userToken } from "./token";
