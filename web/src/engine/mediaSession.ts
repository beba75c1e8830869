import type { Player, PlayerSnapshot } from "./player";
import type { Unsubscribe } from "@/lib/emitter";

/** Artwork sizes that lock screens ask for. */
const ARTWORK_SIZES = [96, 256, 512];
const SKIP_SECONDS = 10;

/** Shows what plays on lock screens and media keys, and takes their commands. Returns how to let go. */
export function connectMediaSession(player: Player, session: MediaSession): Unsubscribe {
  const handlers = actions(player);
  for (const [action, handler] of handlers) offer(session, action, handler);
  let shown = player.snapshot();
  show(session, shown);
  const unsubscribe = player.subscribe(() => {
    const before = shown;
    shown = player.snapshot();
    if (before.track !== shown.track) show(session, shown);
    session.playbackState = playbackState(shown);
    tellPosition(session, player);
  });
  return () => {
    unsubscribe();
    for (const [action] of handlers) offer(session, action, null);
    session.metadata = null;
    session.playbackState = "none";
  };
}

function actions(player: Player): [MediaSessionAction, MediaSessionActionHandler][] {
  return [
    ["play", () => player.play()],
    ["pause", () => player.pause()],
    ["stop", () => player.pause()],
    ["nexttrack", () => player.next()],
    ["previoustrack", () => player.previous()],
    ["seekbackward", (detail) => player.seekBy(-(detail.seekOffset ?? SKIP_SECONDS))],
    ["seekforward", (detail) => player.seekBy(detail.seekOffset ?? SKIP_SECONDS)],
    ["seekto", (detail) => player.seek(detail.seekTime ?? 0)],
  ];
}

/** A browser throws for actions it does not know. */
function offer(
  session: MediaSession,
  action: MediaSessionAction,
  handler: MediaSessionActionHandler | null,
): void {
  try {
    session.setActionHandler(action, handler);
  } catch {
    // This command stays without a key.
  }
}

function show(session: MediaSession, { track }: PlayerSnapshot): void {
  if (track === null) {
    session.metadata = null;
    return;
  }
  const { title, artist, album, coverUrl } = track;
  const artwork =
    coverUrl === null
      ? []
      : ARTWORK_SIZES.map((size) => ({ src: sized(coverUrl, size), sizes: `${size}x${size}` }));
  session.metadata = new MediaMetadata({ title, artist, album, artwork });
}

function sized(url: string, size: number): string {
  return `${url}${url.includes("?") ? "&" : "?"}size=${size}`;
}

function playbackState(snapshot: PlayerSnapshot): MediaSessionPlaybackState {
  if (snapshot.track === null) return "none";
  return snapshot.wantsToPlay ? "playing" : "paused";
}

function tellPosition(session: MediaSession, player: Player): void {
  const { duration, track } = player.snapshot();
  if (track === null || duration <= 0) return;
  const position = Math.min(player.positionSource.read(), duration);
  session.setPositionState({ duration, position, playbackRate: 1 });
}
