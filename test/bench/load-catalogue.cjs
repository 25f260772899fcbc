// Loads one catalogue (`node load-catalogue.cjs ROOT VERSION`) and says how many milliseconds that took.
const [root, version] = process.argv.slice(2);
const { loadCatalogue } = require(`${root}/dist/core/litellm/catalogue`);
const started = process.hrtime.bigint();
loadCatalogue(version);
process.stdout.write(String(Number(process.hrtime.bigint() - started) / 1e6));
