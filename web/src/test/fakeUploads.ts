import { vi } from "vitest";

/** XMLHttpRequest without a network: a test says how far each request is and what it is answered. */
export class FakeUpload extends EventTarget {
  static sent: FakeUpload[] = [];
  readonly upload = new EventTarget();
  form = new FormData();
  url = "";
  status = 0;
  statusText = "";
  responseText = "";
  aborted = false;

  open(_method: string, url: string): void {
    this.url = url;
  }

  send(form: FormData): void {
    this.form = form;
    FakeUpload.sent.push(this);
  }

  abort(): void {
    this.aborted = true;
    this.dispatchEvent(new Event("abort"));
  }

  progress(share: number): void {
    this.upload.dispatchEvent(new ProgressEvent("progress", { loaded: share * 1000, total: 1000 }));
  }

  arrive(): void {
    this.upload.dispatchEvent(new Event("load"));
  }

  answer(status: number, body: object): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.dispatchEvent(new Event("load"));
  }

  break(): void {
    this.dispatchEvent(new Event("error"));
  }
}

/** Takes the place of XMLHttpRequest; the list fills as files are sent. */
export function fakeUploads(): FakeUpload[] {
  FakeUpload.sent = [];
  vi.stubGlobal("XMLHttpRequest", FakeUpload);
  return FakeUpload.sent;
}
