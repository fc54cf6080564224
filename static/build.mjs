// Turns the sources in this folder into dist/: one stylesheet (and its twin for themes), scripts and images under
// content-hashed names (so that they may be cached for ever), each with its compressed twins,
// and manifest.json, which `asset()` reads. Run from anywhere: `node static/build.mjs`.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { buildStylesheets } from "./build/stylesheet.mjs";

const STATIC = dirname(fileURLToPath(import.meta.url));
const DIST = join(STATIC, "dist");
// An svg below this size gains nothing from compression and costs a request header.
const WORTH_COMPRESSING = 600;

const manifest = {};

/** Writes `content` as dist/<name>.<hash><ext> with .gz and .br beside it. */
function publish(name, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const extension = extname(name);
  const file = `${basename(name, extension)}.${hash}${extension}`;
  writeFileSync(join(DIST, file), bytes);
  let gzipped = bytes.length;
  if (bytes.length >= WORTH_COMPRESSING && extension !== ".woff") {
    const small = gzipSync(bytes, { level: 9 });
    gzipped = small.length;
    writeFileSync(join(DIST, `${file}.gz`), small);
    writeFileSync(
      join(DIST, `${file}.br`),
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    );
  }
  manifest[name] = file;
  console.log(`${file}  ${bytes.length} bytes, ${gzipped} gzipped`);
}

/** A script without the lines that only people read. */
function withoutComments(source) {
  return source.toString().replace(/^\s*(\/\/|\/\*\*).*\n/gm, "");
}

/** The files of a source folder by name, so that two machines give the same manifest. */
function sources(folder, extensions) {
  return readdirSync(join(STATIC, folder))
    .filter((name) => extensions.includes(extname(name)))
    .sort()
    .map((name) => [name, readFileSync(join(STATIC, folder, name))]);
}

/** The files of the last build: pages that are open, and workers that still run, ask for them a while longer. */
function lastBuild() {
  try {
    return Object.values(JSON.parse(readFileSync(join(DIST, "manifest.json"), "utf8")));
  } catch {
    return [];
  }
}

// Built before anything goes: a build that fails leaves the last good one in place.
const stylesheets = await buildStylesheets(STATIC);
const before = lastBuild();
mkdirSync(DIST, { recursive: true });
publish("app.css", stylesheets.app);
publish("themed.css", stylesheets.themed);
for (const [name, content] of sources("js", [".js"])) publish(name, withoutComments(content));
// The map library, for gemeenten that set tiles: its stylesheet without the pictures of parts that we do not use.
const LEAFLET = join(STATIC, "../node_modules/leaflet/dist");
publish("leaflet.js", readFileSync(join(LEAFLET, "leaflet.js"), "utf8").replace(/\n?\/\/# sourceMappingURL.*/, ""));
publish("leaflet.css", readFileSync(join(LEAFLET, "leaflet.css"), "utf8").replace(/background-image: url\(images.*\);/g, ""));
// The letters of letters on paper: Noto Sans in the scripts of our languages, which the server puts together.
const FONTS = join(STATIC, "../node_modules/@fontsource");
const SCRIPTS = ["latin", "latin-ext", "cyrillic"].map((script) => ["noto-sans", script]);
for (const [family, script] of [...SCRIPTS, ["noto-sans-arabic", "arabic"]]) {
  for (const weight of [400, 700]) {
    publish(`${family}-${script}-${weight}.woff`, readFileSync(join(FONTS, family, "files", `${family}-${script}-${weight}-normal.woff`)));
  }
}
for (const [name, content] of sources("img", [".svg", ".png", ".ico"])) publish(name, content);
writeFileSync(join(DIST, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
const kept = ["manifest.json", ...before, ...Object.values(manifest)].flatMap((file) => [file, `${file}.gz`, `${file}.br`]);
for (const file of readdirSync(DIST)) if (!kept.includes(file)) rmSync(join(DIST, file));
