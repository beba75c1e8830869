import { expect, test, vi } from "vitest";

import { fakeApi } from "@/test/fakeApi";
import { user } from "@/test/samples";

import { answer, api, sessionEvents } from "./client";
import { ApiError, UNREACHABLE } from "./error";
import { retryDelay, worthRetrying } from "./queryClient";
import { sessionQuery } from "./session";

const songs = () => answer(api.GET("/api/songs", { params: { query: { limit: 2, sort: "-year" } } }));
const failure = (request: Promise<unknown>): Promise<ApiError> =>
  request.then(
    () => Promise.reject(new Error("it succeeded")),
    (cause: ApiError) => cause,
  );

test("a successful answer is its body", async () => {
  const seen = fakeApi({ "GET /songs": () => [200, { songs: [], total: 0, nextCursor: null }] });
  expect(await songs()).toEqual({ songs: [], total: 0, nextCursor: null });
  expect(seen).toEqual(["GET /songs?limit=2&sort=-year"]);
});

test("an answer without a body is no failure", async () => {
  fakeApi({ "PUT /songs/*/like": () => [204] });
  await expect(
    answer(api.PUT("/api/songs/{id}/like", { params: { path: { id: 3 } } })),
  ).resolves.toBeUndefined();
});

test("a failed validation names its fields", async () => {
  const details = [{ field: "username", message: "Username must be 3-50 characters" }];
  fakeApi({ "GET /songs": () => [400, { error: "Validation failed", code: "validation_failed", details }] });
  const error = await failure(songs());
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 400, code: "validation_failed", message: "Validation failed" });
  expect(error.fault("username")).toBe("Username must be 3-50 characters");
  expect(error.fault("email")).toBeUndefined();
});

test("a proxy's own error page is still an error", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("<h1>Bad gateway</h1>", { status: 502 })));
  expect(await failure(songs())).toMatchObject({ status: 502, code: "http_502", temporary: true });
});

test("no answer at all", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  expect(await failure(songs())).toMatchObject({ status: 0, code: UNREACHABLE, temporary: true });
});

test("the session's end is told once a request finds it", async () => {
  const ended = vi.fn();
  const stop = sessionEvents.on("signedOut", ended);
  const refused = { error: "Not signed in", code: "unauthorized" };
  fakeApi({ "GET /songs": () => [401, refused], "GET /auth/session": () => [200, {}] });
  expect(await sessionQuery.queryFn?.({ signal: new AbortController().signal } as never)).toBeNull();
  expect(ended).not.toHaveBeenCalled();
  await failure(songs());
  expect(ended).toHaveBeenCalledOnce();
  stop();
});

test("the profile is who is signed in", async () => {
  fakeApi({ "GET /auth/session": () => [200, { user }] });
  expect(await sessionQuery.queryFn?.({ signal: new AbortController().signal } as never)).toEqual(user);
});

test("only what may pass is tried again, when the server says", () => {
  expect(worthRetrying(0, new ApiError(503, "overloaded", ""))).toBe(true);
  expect(worthRetrying(3, new ApiError(503, "overloaded", ""))).toBe(false);
  expect(worthRetrying(0, new ApiError(404, "not_found", ""))).toBe(false);
  expect(retryDelay(1, new ApiError(503, "overloaded", ""))).toBe(1000);
  expect(retryDelay(1, new ApiError(429, "too_many", "", [], 7))).toBe(7000);
});
