// Makes app.css: theme tokens + NL Design System components + our own css, then drops every
// rule no template uses and every token no rule uses. The untrimmed theme alone is 200 kB.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { transform } from "lightningcss";
import { PurgeCSS } from "purgecss";

import { trimTokens } from "./tokens.mjs";

const require = createRequire(import.meta.url);

// The municipality's theme. Another gemeente puts its own token package (or file) here.
const THEME = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/variables.css";

const CANDIDATE = ["button", "data-badge", "heading", "link", "paragraph", "skip-link"];
const COMMUNITY = [
  "alert",
  "blockquote",
  "breadcrumb-nav",
  "card",
  "data-list",
  "form-field",
  "form-field-description",
  "form-field-error-message",
  "form-fieldset",
  "form-label",
  "ordered-list",
  "page-footer",
  "page-header",
  "select",
  "table",
  "textarea",
  "textbox",
  "unordered-list",
];

// Our own files, in cascade order: the theme's corrections first, print last.
const OWN = ["theme.css", "page.css", "layout.css", "components.css", "lists.css", "photos.css", "forms.css", "ballot.css", "map.css", "modes.css", "print.css"];

// The components need :has() and :where(), so nothing older can show the site well anyway.
const TARGETS = { chrome: 111 << 16, firefox: 121 << 16, safari: (16 << 16) | (4 << 8) };

const NOTICE = "/* With components of NL Design System and Gemeente Utrecht, EUPL-1.2 */\n";

/** The text of a file inside a package, also when the package hides it from `exports`. */
function packageFile(specifier) {
  const [scope, name, ...rest] = specifier.split("/");
  const root = require.resolve.paths(specifier).map((folder) => join(folder, scope, name));
  for (const folder of root) {
    try {
      return readFileSync(join(folder, ...rest), "utf8");
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  throw new Error(`${specifier} is not installed: run npm ci`);
}

function bundle(staticFolder) {
  const own = readdirSync(join(staticFolder, "css")).filter((name) => name.endsWith(".css"));
  const forgotten = own.filter((name) => !OWN.includes(name));
  if (forgotten.length) throw new Error(`static/css/${forgotten[0]} is not in the bundle's list`);
  return [
    packageFile(THEME),
    ...CANDIDATE.map((name) => packageFile(`@nl-design-system-candidate/${name}-css/dist/${name}.css`)),
    ...COMMUNITY.map((name) => packageFile(`@utrecht/${name}-css/dist/index.css`)),
    ...OWN.map((name) => readFileSync(join(staticFolder, "css", name), "utf8")),
  ].join("\n");
}

/**
 * Two stylesheets that look the same: `app`, as small as can be, and `themed`, where every token
 * is left in place for a gemeente that brings its own.
 */
export async function buildStylesheets(staticFolder) {
  const root = dirname(staticFolder);
  const [used] = await new PurgeCSS().purge({
    content: [join(root, "templates/**/*.html"), join(staticFolder, "js/*.js")],
    css: [{ raw: bundle(staticFolder) }],
    safelist: {
      // Headings get their number in a macro, and pages may use any of these without a class.
      standard: [/^(h[1-6]|section|form|ul|ol)$/],
      // Text that residents write in rich text has tags no template mentions.
      greedy: [/pp-prose/],
    },
  });
  const [app, themed] = [false, true].map((keepAll) => {
    const code = Buffer.from(trimTokens(used.css, keepAll));
    return NOTICE + transform({ filename: "app.css", code, minify: true, targets: TARGETS }).code;
  });
  return { app, themed };
}
