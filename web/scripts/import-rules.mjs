/**
 * The arrows of the client: which folder of src may import from which.
 * `app -> features -> hooks, ui, api, engine, lib`, with i18n as a leaf for everything people read.
 */

const ARROWS = {
  app: ["app", "features", "hooks", "ui", "api", "engine", "i18n", "lib", "styles"],
  features: ["hooks", "ui", "api", "engine", "i18n", "lib"],
  hooks: ["hooks", "api", "engine", "i18n", "lib"],
  ui: ["ui", "i18n", "lib"],
  api: ["api", "lib"],
  engine: ["engine", "lib"],
  i18n: ["i18n", "lib"],
  lib: ["lib"],
  test: ["app", "features", "hooks", "ui", "api", "engine", "i18n", "lib", "test"],
};

const WITHOUT_REACT = ["engine", "lib"];
const REACT = /^(react|react-dom|react-i18next|@tanstack\/react-.*|@radix-ui\/.*)(\/|$)/;

/** "src/features/auth/SignIn.tsx" -> { layer: "features", feature: "auth" }; a file directly in src is app. */
function place(path) {
  const [root, first, second] = path.split("/");
  if (root !== "src" || first === undefined) return null;
  if (second === undefined) return { layer: "app", feature: "" };
  return { layer: first, feature: first === "features" ? second : "" };
}

function resolve(from, specifier) {
  if (specifier.startsWith("@/")) return `src/${specifier.slice(2)}`;
  if (!specifier.startsWith(".")) return null;
  const parts = from.split("/").slice(0, -1);
  for (const step of specifier.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  }
  return parts.join("/");
}

/**
 * Says what is wrong with `from` (a path like "src/ui/Button.tsx") importing `specifier`, or null.
 * Tests may reach into src/test from anywhere.
 */
export function importFault(from, specifier) {
  const source = place(from);
  if (source === null) return null;
  const target = resolve(from, specifier);
  if (target === null) {
    const bare = WITHOUT_REACT.includes(source.layer) && REACT.test(specifier);
    return bare ? `${source.layer} is plain TypeScript: it may not import ${specifier}` : null;
  }
  const aim = place(target);
  if (aim === null) return null;
  if (aim.layer === "test" && /\.test\.tsx?$/.test(from)) return null;
  if (aim.layer === "features" && source.layer === "features") {
    return aim.feature === source.feature ? null : `features may not import each other (${aim.feature})`;
  }
  const allowed = ARROWS[source.layer] ?? [];
  return allowed.includes(aim.layer) ? null : `${source.layer} may not import from ${aim.layer}`;
}

/** The same rule for ESLint. */
export const importRule = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const from = context.filename.replaceAll("\\", "/").replace(/^.*\/(?=src\/)/, "");
    const check = (node) => {
      if (typeof node.source?.value !== "string") return;
      const message = importFault(from, node.source.value);
      if (message !== null) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};
