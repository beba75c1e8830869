import { queryOptions } from "@tanstack/react-query";

import { answer, api } from "./client";

/** The certificate of a server that is its own authority; any other answers 404. */
export const certificateQuery = queryOptions({
  queryKey: ["certificate"],
  queryFn: ({ signal }) => answer(api.GET("/api/certificate", { signal })),
});

/** Where the certificate itself is, in both encodings, and the picture of the page's address. */
export const certificateFiles = {
  der: "/api/certificate/authority.crt",
  pem: "/api/certificate/authority.pem",
  code: "/api/certificate/code.svg",
} as const;
