// Renders the OpenAPI document as a page. Text only ever enters it as text.

const methods = ["get", "head", "post", "put", "patch", "delete"];

/** element makes an element with attributes and children; strings become text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined && child !== ""));
  return made;
}

/** resolve follows a reference into the document. */
function resolve(api, schema) {
  if (!schema?.$ref) return schema ?? {};
  return schema.$ref.slice(2).split("/").reduce((at, key) => at?.[key], api) ?? {};
}

/** limits says in a few words what a schema asks of a value. */
function limits(schema) {
  const words = [];
  if (schema.enum) words.push(schema.enum.map((one) => JSON.stringify(one)).join(" | "));
  if (schema.format) words.push(schema.format);
  if (schema.minimum !== undefined) words.push(`≥ ${schema.minimum}`);
  if (schema.maximum !== undefined) words.push(`≤ ${schema.maximum}`);
  if (schema.minLength !== undefined) words.push(`from ${schema.minLength} characters`);
  if (schema.maxLength !== undefined) words.push(`to ${schema.maxLength} characters`);
  if (schema.default !== undefined) words.push(`default ${JSON.stringify(schema.default)}`);
  return words.join(", ");
}

function typeOf(schema) {
  return [schema.type ?? "any"].flat().join(" or ");
}

/** outline writes a schema as an indented list of its fields; seen stops at what contains itself. */
function outline(api, schema, indent = "", seen = []) {
  const name = schema?.$ref;
  if (name && seen.includes(name)) return "… (as above)";
  const found = resolve(api, schema);
  const deeper = name ? [...seen, name] : seen;
  if (found.items) return `list of ${outline(api, found.items, indent, deeper)}`;
  if (!found.properties) {
    const extra = found.additionalProperties;
    if (extra && typeof extra === "object") return `map to ${outline(api, extra, indent, deeper)}`;
    return [typeOf(found), limits(found)].filter(Boolean).join(", ");
  }
  const required = new Set(found.required ?? []);
  const lines = Object.entries(found.properties).map(([field, inner]) => {
    const doc = resolve(api, inner).description ?? inner.description;
    const mark = required.has(field) ? "" : "?";
    return `${indent}  ${field}${mark}: ${outline(api, inner, `${indent}  `, deeper)}${doc ? `  — ${doc}` : ""}`;
  });
  return `{\n${lines.join("\n")}\n${indent}}`;
}

/** sample makes a value that fits a schema, for the example. */
function sample(api, schema, depth = 0) {
  const found = resolve(api, schema);
  if (found.examples?.length) return found.examples[0];
  if (found.default !== undefined) return found.default;
  if (found.enum) return found.enum[0];
  const type = [found.type].flat().find((one) => one !== "null");
  if (type === "object" && depth < 4) {
    const fields = Object.entries(found.properties ?? {});
    return Object.fromEntries(fields.map(([field, inner]) => [field, sample(api, inner, depth + 1)]));
  }
  if (type === "array") return depth < 4 ? [sample(api, found.items, depth + 1)] : [];
  if (type === "integer" || type === "number") return found.minimum ?? 1;
  if (type === "boolean") return true;
  if (found.format === "date-time") return "2030-01-01T00:00:00Z";
  return "…";
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** curl writes a command that asks the operation of this very server. */
function curl(api, operation) {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, "1");
  const needed = operation.parameters.filter((one) => one.in === "query" && one.required);
  const query = needed.map((one) => `${one.name}=${encodeURIComponent(sample(api, one.schema))}`).join("&");
  const lines = [`curl ${quoted(location.origin + path + (query ? `?${query}` : ""))}`];
  if (operation.method === "HEAD") lines.push("--head");
  else if (operation.method !== "GET") lines.push(`--request ${operation.method}`);
  if (operation.security?.length) lines.push("--header 'Authorization: Bearer …'");
  const content = operation.requestBody?.content ?? {};
  if (content["application/json"]) {
    lines.push("--header 'Content-Type: application/json'");
    lines.push(`--data ${quoted(JSON.stringify(sample(api, content["application/json"].schema)))}`);
  } else if (content["multipart/form-data"]) {
    lines.push("--form 'audio=@song.flac'");
  }
  return lines.join(" \\\n  ");
}

function parameterTable(api, parameters) {
  const rows = parameters.map((one) => {
    const schema = resolve(api, one.schema);
    return element("tr", {},
      element("td", {}, element("code", {}, one.name + (one.required ? "" : "?"))),
      element("td", {}, one.in),
      element("td", {}, [typeOf(schema), limits(schema)].filter(Boolean).join(", ")),
      element("td", {}, one.description ?? schema.description ?? ""));
  });
  const heads = ["name", "in", "type", "meaning"].map((text) => element("th", { scope: "col" }, text));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Parameters" },
    element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows)));
}

function contents(api, content) {
  return Object.entries(content ?? {}).flatMap(([media, { schema }]) => [
    element("p", { class: "soft" }, media),
    schema ? element("pre", { tabindex: "0" }, outline(api, schema)) : undefined,
  ]);
}

/** body fills an operation's details the first time they are opened. */
function body(api, operation) {
  const parts = [];
  if (operation.description) parts.push(element("p", {}, operation.description));
  parts.push(element("p", { class: "soft" }, operation.security?.length ? "Needs a sign-in." : "Open to all."));
  if (operation.parameters.length) parts.push(element("h3", {}, "Parameters"), parameterTable(api, operation.parameters));
  if (operation.requestBody) parts.push(element("h3", {}, "Body"), ...contents(api, operation.requestBody.content));
  for (const [status, answer] of Object.entries(operation.responses ?? {})) {
    const found = resolve(api, answer);
    const failed = Number(status) >= 400 || status === "default"; // all failures look alike: see the top of the page
    parts.push(element("h3", {}, `${status} ${found.description ?? ""}`), ...(failed ? [] : contents(api, found.content)));
  }
  parts.push(element("h3", {}, "Example"), element("pre", { tabindex: "0" }, curl(api, operation)));
  return element("div", {}, ...parts);
}

function entry(api, operation) {
  const details = element("details", { id: operation.operationId ?? "" },
    element("summary", {},
      element("span", { class: "method" }, operation.method), " ",
      element("span", { class: "path" }, operation.path), " ",
      element("span", { class: "summary" }, operation.summary ?? "")));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(body(api, operation));
  });
  return details;
}

/** operationsOf lists every operation with its path's own parameters. */
function operationsOf(api) {
  return Object.entries(api.paths ?? {}).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => ({
      ...item[method], path, method: method.toUpperCase(),
      parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((one) => resolve(api, one)),
    })));
}

/** show fills the page and returns what the search narrows down. */
function show(api, target) {
  const groups = Map.groupBy(operationsOf(api), (operation) => operation.tags?.[0] ?? "Other");
  return [...groups].map(([tag, operations]) => {
    const entries = operations.map((operation) => ({
      node: entry(api, operation),
      text: `${operation.method} ${operation.path} ${operation.summary ?? ""} ${tag} ${operation.operationId ?? ""}`.toLowerCase(),
    }));
    const section = element("section", {}, element("h2", {}, tag), ...entries.map(({ node }) => node));
    target.append(section);
    return { section, entries };
  });
}

function narrow(groups, words, count) {
  let shown = 0;
  for (const { section, entries } of groups) {
    let here = 0;
    for (const { node, text } of entries) {
      node.hidden = !words.every((word) => text.includes(word));
      here += node.hidden ? 0 : 1;
    }
    section.hidden = here === 0;
    shown += here;
  }
  count.textContent = `${shown} ${shown === 1 ? "operation" : "operations"}`;
}

async function start() {
  const count = document.getElementById("count");
  const answer = await fetch("/api/openapi.json");
  if (!answer.ok) {
    count.textContent = "The document cannot be had just now; please try again.";
    return;
  }
  const groups = show(await answer.json(), document.getElementById("operations"));
  const search = document.getElementById("search");
  const apply = () => narrow(groups, search.value.toLowerCase().split(/\s+/).filter(Boolean), count);
  search.addEventListener("input", apply);
  apply();
  const named = document.getElementById(location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) named.open = true;
}

await start();
