// Prints the scores of pages as JSON, a line each: node audit.mjs <port of a running Chromium> <address>...
// As a phone on slow 4G, which is what Lighthouse does by itself.
import lighthouse from "lighthouse";

const [port, ...addresses] = process.argv.slice(2);

const onlyCategories = ["performance", "accessibility", "best-practices", "seo"];

for (const address of addresses) {
  const { lhr } = await lighthouse(address, { port: Number(port), logLevel: "error", output: "json", onlyCategories });
  const scores = Object.fromEntries(
    Object.entries(lhr.categories).map(([name, { score }]) => [name, score === null ? 0 : Math.round(score * 100)]),
  );
  const lost = Object.values(lhr.audits)
    .filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== "informative")
    .map(({ id }) => id);
  console.log(JSON.stringify({ address, scores, lost }));
}
