import { type DetailedError, type HttpResponse, Upload } from "tus-js-client";

export interface Shipment {
  readonly file: File;
  readonly metadata: Record<string, string>;
  /** Where what has arrived already is; null to begin. */
  readonly url: string | null;
  readonly onUrl: (url: string) => void;
  readonly onProgress: (share: number, moved: boolean) => void;
  /** Makes an error of an answer; status 0 is none. */
  readonly onRefusal: (status: number, body: string) => Promise<Error>;
  readonly signal: AbortSignal;
}

/** A smaller file goes along with its announcement: one request instead of two. */
const SMALL = 4 << 20;

/**
 * Sends a file, or what is left of it, by the tus protocol. Answers the body of the last answer, empty where it has
 * none. It does not try again by itself: the queue decides over all files together.
 */
export function ship({
  file,
  metadata,
  url,
  onUrl,
  onProgress,
  onRefusal,
  signal,
}: Shipment): Promise<string> {
  let moved = url === null; // what is told first of an upload that goes on was there before
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: `${window.location.origin}/api/uploads`,
      uploadUrl: url,
      uploadDataDuringCreation: file.size <= SMALL,
      metadata,
      retryDelays: null,
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => upload.url !== null && onUrl(upload.url),
      onProgress: (sent, total) => {
        onProgress(total === 0 ? 1 : sent / total, moved);
        moved = true;
      },
      onError: (error) => {
        const response = responseOf(error);
        void onRefusal(response?.getStatus() ?? 0, bodyOf(response)).then(reject, reject);
      },
      onSuccess: ({ lastResponse }) => resolve(bodyOf(lastResponse)),
    });
    const stop = () => {
      void upload.abort();
      reject(new DOMException("cancelled", "AbortError"));
    };
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
    else upload.start();
  });
}

/** A HEAD that finds everything there has no body, and its response may say so by null. */
function bodyOf(response: HttpResponse | null): string {
  return response?.getBody() ?? "";
}

function responseOf(error: Error | DetailedError): HttpResponse | null {
  return "originalResponse" in error ? error.originalResponse : null;
}
