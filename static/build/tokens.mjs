// Reduces design tokens (custom properties) to what the rules need, without changing what any
// element looks like: overridden, unused and undefined tokens go, plain aliases are followed.
import postcss from "postcss";
import valueParser from "postcss-value-parser";

const isToken = (declaration) => declaration.prop.startsWith("--");

/** Whether a declaration stands in a bare `:root` outside every media query. */
function isGlobal(declaration) {
  const rule = declaration.parent;
  return rule.type === "rule" && rule.selector === ":root" && rule.parent.type === "root";
}

/** Gathers all bare `:root` tokens into one first rule; of two with one name the last wins. */
function mergeRoots(css) {
  const values = new Map();
  css.walkDecls((declaration) => {
    if (!isToken(declaration) || !isGlobal(declaration)) return;
    values.set(declaration.prop, declaration.value);
    declaration.remove();
  });
  const root = postcss.rule({ selector: ":root" });
  for (const [prop, value] of values) root.append({ prop, value });
  css.prepend(root);
}

function isVar(node) {
  return node.type === "function" && node.value.toLowerCase() === "var";
}

/**
 * Resolves the var()s of a value, outermost first, since a fallback only counts when its token
 * is missing. `lookUp(name)` gives the text to put in its place, `true` to keep the token or
 * `undefined` when there is none. Answers null when the value needs a token that is not there.
 */
function resolve(nodes, lookUp) {
  let text = "";
  for (const node of nodes) {
    if (isVar(node)) {
      const comma = node.nodes.findIndex((part) => part.type === "div" && part.value === ",");
      const found = lookUp(node.nodes[0].value);
      const fallback = comma < 0 ? null : resolve(node.nodes.slice(comma + 1), lookUp)?.trim();
      const kept = fallback ? `var(${node.nodes[0].value}, ${fallback})` : `var(${node.nodes[0].value})`;
      const replacement = found === undefined ? fallback : found === true ? kept : found;
      if (replacement == null) return null;
      text += replacement;
    } else if (node.type === "function") {
      const inner = resolve(node.nodes, lookUp);
      if (inner === null) return null;
      text += `${node.value}(${inner})`;
    } else {
      text += valueParser.stringify(node);
    }
  }
  return text;
}

function declaredTokens(css) {
  const places = new Map();
  css.walkDecls((declaration) => {
    if (isToken(declaration)) places.set(declaration.prop, [...(places.get(declaration.prop) ?? []), declaration]);
  });
  return places;
}

// A longer value (a font stack) is shorter as a token than repeated in every rule.
const LONGEST_INLINE = 32;

/**
 * Whether var(name) may be replaced by its value everywhere. A token that a media query or a
 * component sets again (dark mode, hover) must stay, and so must one that leans on a token set
 * below the root: `:root` has resolved it there, a rule further down would resolve it anew.
 */
function isConstant(name, places) {
  const declarations = places.get(name);
  if (declarations.length !== 1 || !isGlobal(declarations[0])) return false;
  const { value } = declarations[0];
  const leansOn = value.match(/--[\w-]+/g) ?? [];
  const onRootOnly = (token) =>
    (places.get(token) ?? []).every((place) => place.parent.selector === ":root");
  return (value.length <= LONGEST_INLINE || /^var\([^,()]*\)$/.test(value)) && leansOn.every(onRootOnly);
}

/** One pass; answers whether anything changed. With `keepAll` no token that is used gives way to its value. */
function pass(css, keepAll) {
  const places = declaredTokens(css);
  const used = new Set();
  const empty = [];
  let changed = false;

  const lookUp = (name) => {
    const declarations = places.get(name);
    if (!declarations) return keepAll ? true : undefined;
    if (!keepAll && isConstant(name, places)) return resolve(valueParser(declarations[0].value).nodes, lookUp) ?? undefined;
    used.add(name);
    return true;
  };

  css.walkDecls((declaration) => {
    if (!declaration.value.includes("var(")) return;
    const value = resolve(valueParser(declaration.value).nodes, lookUp);
    if (value === null) {
      // An undefined var() makes a property `unset` and a token as good as absent.
      if (isToken(declaration) && places.get(declaration.prop).length === 1) empty.push(declaration);
      else declaration.value = isToken(declaration) ? "initial" : "unset";
      changed = true;
    } else if (value !== declaration.value) {
      declaration.value = value;
      changed = true;
    }
  });

  for (const declaration of empty) declaration.remove();
  for (const [name, declarations] of places) {
    if (used.has(name)) continue;
    for (const declaration of declarations) declaration.remove();
    changed = true;
  }
  return changed;
}

export function trimTokens(source, keepAll) {
  const css = postcss.parse(source);
  css.walkComments((comment) => comment.remove());
  mergeRoots(css);
  while (pass(css, keepAll));
  css.walkRules((rule) => {
    if (rule.nodes.length === 0) rule.remove();
  });
  return css.toString();
}
