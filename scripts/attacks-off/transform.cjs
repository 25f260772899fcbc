const { createHash } = require("node:crypto");
const { createTransformer } = require("@swc/jest");

/** Compiles as all tests do, after `edits` were made to the files that they name. Files without edits share one cache entry. */
exports.createTransformer = ({ edits, ...swc }) => {
  const inner = createTransformer(swc);
  const edited = (source, file) =>
    edits
      .filter((edit) => file.endsWith(`/proxy/src/${edit.file}`))
      .reduce((text, { find, put }) => text.replace(find, () => put), source);
  return {
    ...inner,
    process: (source, file, options) => inner.process(edited(source, file), file, options),
    getCacheKey: (source, file) =>
      createHash("sha256")
        .update(`${file}\0${edited(source, file)}`)
        .digest("hex"),
  };
};
