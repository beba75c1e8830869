import type { FieldFault } from "./types";

/** The code of an answer that never came: no network, no server, or a proxy's own page. */
export const UNREACHABLE = "unreachable";

/** Any answer that is not a success, and any request without an answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    /** The server's machine word, or UNREACHABLE. */
    readonly code: string,
    message: string,
    readonly details: readonly FieldFault[] = [],
    /** Seconds the server asks to wait before the next try. */
    readonly retryAfter: number | null = null,
    /** What a conflict was about, as it stands now on the server. */
    readonly state: unknown = undefined,
  ) {
    super(message);
  }

  /** What is wrong with one field of a form, if the server said so. */
  fault(field: string): string | undefined {
    return this.details.find((detail) => detail.field === field)?.message;
  }

  /** Whether the same request may well succeed later. */
  get temporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Reads an unsuccessful answer. A body that is not the API's own still becomes an error with its status. */
export async function readError(response: Response): Promise<ApiError> {
  const waits = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  const retryAfter = Number.isFinite(waits) ? waits : null;
  const body: unknown = await response.json().catch(() => null);
  if (!isErrorBody(body)) {
    return new ApiError(response.status, `http_${response.status}`, response.statusText, [], retryAfter);
  }
  const details = Array.isArray(body.details) ? body.details.filter(isFieldFault) : [];
  const code = body.code ?? `http_${response.status}`;
  return new ApiError(response.status, code, body.error, details, retryAfter, body.state);
}

interface ErrorBody {
  error: string;
  code?: string;
  details?: unknown;
  state?: unknown;
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === "object" && body !== null && "error" in body && typeof body.error === "string";
}

function isFieldFault(detail: unknown): detail is FieldFault {
  return typeof detail === "object" && detail !== null && "field" in detail && "message" in detail;
}
