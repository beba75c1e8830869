import type { LiveMessage } from "@/api/live";
import { omit } from "@/lib/omit";

import { type PlaybackNews, type RemoteState, wholeState } from "./server";

/** Turns what the server says into news of the playback. It remembers the last state, which progress is told against. */
export class NewsReader {
  private last: RemoteState | null = null;

  /** Null where the message is about something else, or about a state that is not known. */
  read(message: LiveMessage): PlaybackNews | null {
    switch (message.type) {
      case "snapshot":
        return this.note({ state: "queue" in message.state ? wholeState(message.state) : message.state });
      case "playback": {
        const { state, edits, editsFrom } = message;
        return this.note(edits === undefined ? { state } : { state, edits, editsFrom });
      }
      case "progress": {
        const { position, positionAt, serverTime, revision } = message;
        if (this.last?.revision !== revision) return null;
        return this.note({ state: { ...this.last, position, positionAt, serverTime } });
      }
      default:
        return null;
    }
  }

  private note(news: PlaybackNews): PlaybackNews {
    this.last = omit(news.state, "queue");
    return news;
  }
}
