import { vi } from "vitest";

type Headers = Record<string, string>;

/** XMLHttpRequest without a network, as the tus client uses it: a test says how far each request is and what it is answered. */
export class FakeUpload {
  static sent: FakeUpload[] = [];
  readonly upload: { onprogress?: (event: object) => void } = {};
  readonly headers: Headers = {};
  onload: () => void = () => undefined;
  onerror: (event: Event) => void = () => undefined;
  method = "";
  url = "";
  status = 0;
  responseText = "";
  aborted = false;
  private answered: Headers = {};

  open(method: string, url: string): void {
    this.method = method;
    this.url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  getResponseHeader(name: string): string | null {
    return this.answered[name] ?? null;
  }

  send(): void {
    FakeUpload.sent.push(this);
  }

  abort(): void {
    this.aborted = true;
  }

  /** What the client said of the file. */
  metadata(): Headers {
    const pairs = (this.headers["Upload-Metadata"] ?? "").split(",").map((pair) => pair.split(" "));
    return Object.fromEntries(pairs.map(([key, value]) => [key, atob(value ?? "")]));
  }

  progress(share: number): void {
    const total = Number(this.headers["Upload-Length"]);
    this.upload.onprogress?.({ lengthComputable: true, loaded: share * total, total });
  }

  answer(status: number, body: object, headers: Headers = {}): void {
    this.status = status;
    this.responseText = status === 204 ? "" : JSON.stringify(body);
    this.answered = headers;
    this.onload();
  }

  /** The answer to a file that is there as a whole. */
  arrive(outcome: object): void {
    const size = this.headers["Upload-Length"] ?? "0";
    this.answer(201, outcome, { Location: "/api/uploads/5", "Upload-Offset": size });
  }

  break(): void {
    this.onerror(new Event("error"));
  }
}

/** Takes the place of XMLHttpRequest; the list fills as files are sent. */
export function fakeUploads(): FakeUpload[] {
  FakeUpload.sent = [];
  vi.stubGlobal("XMLHttpRequest", FakeUpload);
  return FakeUpload.sent;
}
