// Turns the sources in this folder into dist/: one stylesheet, scripts and images under
// content-hashed names (so that they may be cached for ever), each with its compressed twins,
// and manifest.json, which `asset()` reads. Run from anywhere: `node static/build.mjs`.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { buildStylesheet } from "./build/stylesheet.mjs";

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
  if (bytes.length >= WORTH_COMPRESSING) {
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

/** The files of a source folder by name, so that two machines give the same manifest. */
function sources(folder, extensions) {
  return readdirSync(join(STATIC, folder))
    .filter((name) => extensions.includes(extname(name)))
    .sort()
    .map((name) => [name, readFileSync(join(STATIC, folder, name))]);
}

// Built before dist/ is emptied: a build that fails leaves the last good one in place.
const stylesheet = await buildStylesheet(STATIC);
rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
publish("app.css", stylesheet);
for (const [name, content] of sources("js", [".js"])) publish(name, content);
for (const [name, content] of sources("img", [".svg", ".png", ".ico"])) publish(name, content);
writeFileSync(join(DIST, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
