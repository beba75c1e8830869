import type { Player } from "./player";
import type { PlayerSnapshot } from "./snapshot";
import type { Track } from "./types";
import type { Unsubscribe } from "@/lib/emitter";

/** The widths the server keeps ready; lock screens take the one that fits. */
const ARTWORK_SIZES = [64, 128, 256, 512, 1024];
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
    if (differs(before.track, shown.track)) show(session, shown);
    session.playbackState = playbackState(shown);
    tellPosition(session, player);
  });
  tellPosition(session, player);
  return () => {
    unsubscribe();
    for (const [action] of handlers) offer(session, action, null);
    session.metadata = null;
    session.playbackState = "none";
    session.setPositionState();
  };
}

/** A like changes the track as a value, but nothing that a lock screen shows. */
function differs(before: Track | null, now: Track | null): boolean {
  if (before === null || now === null) return before !== now;
  return (["id", "title", "artist", "album", "coverUrl"] as const).some((part) => before[part] !== now[part]);
}

function actions(player: Player): [MediaSessionAction, MediaSessionActionHandler][] {
  return [
    ["play", () => player.play()],
    ["pause", () => player.pause()],
    ["stop", () => stop(player)],
    ["nexttrack", () => player.next()],
    ["previoustrack", () => player.previous()],
    ["seekbackward", (detail) => player.seekBy(-(detail.seekOffset ?? SKIP_SECONDS))],
    ["seekforward", (detail) => player.seekBy(detail.seekOffset ?? SKIP_SECONDS)],
    ["seekto", (detail) => detail.seekTime !== undefined && player.seek(detail.seekTime)],
  ];
}

/** Stopped is more than paused: the song begins anew. */
function stop(player: Player): void {
  player.pause();
  player.seek(0);
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
  // Without a length there is no position to show, not even that of the song before.
  if (track === null || duration <= 0) return session.setPositionState();
  const position = Math.min(player.positionSource.read(), duration);
  session.setPositionState({ duration, position, playbackRate: 1 });
}
