import { vi } from "vitest";

type Body = object | null;
type Handler = (request: {
  body: unknown;
  params: string[];
  query: URLSearchParams;
}) => [status: number, body?: Body];

/**
 * A server of a few lines: `fakeApi({ "POST /auth/login": () => [200, { user }] })`. A `*` in a path stands for one
 * part and is handed over in params. What is not listed answers 404. Returns the list of requests.
 */
export function fakeApi(handlers: Record<string, Handler>): string[] {
  const seen: string[] = [];
  const routes = Object.entries(handlers).map(([route, handler]) => ({
    pattern: new RegExp(`^${route.replace(/[/]/g, "\\/").replaceAll("*", "([^/]+)")}$`),
    handler,
  }));
  vi.stubGlobal("fetch", async (request: Request) => {
    const { pathname, search, searchParams: query } = new URL(request.url);
    const asked = `${request.method} ${pathname.replace(/^\/api/, "")}`;
    seen.push(asked + search);
    const text = await request.text();
    for (const { pattern, handler } of routes) {
      const match = pattern.exec(asked);
      if (match === null) continue;
      const params = match.slice(1);
      const [status, body] = handler({ body: text === "" ? null : JSON.parse(text), params, query });
      return respond(status, body);
    }
    return respond(404, { error: "Route not found", code: "not_found" });
  });
  return seen;
}

function respond(status: number, body?: Body): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...(body === undefined && { "Content-Length": "0" }) },
  });
}
