// A listener who uses the API: signs up, uploads, listens. Journeys begin where this one has been.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { makeSong, temporaryFolder } from "./harness.mjs";

/** Six songs in six formats: three covers, Latin, Japanese and Arabic, a title that never ends. */
export const songs = [
  { name: "1.mp3", cover: "0xd9482b", tone: 330, tags: { title: "Slack Water", artist: "Ines Aldaba", album: "Low Water Marks", track: "1", date: "2021", genre: "Folk" } },
  { name: "2.flac", cover: "0xd9482b", tone: 440, tags: { title: "潮見表", artist: "Ines Aldaba", album: "Low Water Marks", track: "2", date: "2021", genre: "Folk" } },
  { name: "3.m4a", cover: "0x2a5674", tone: 550, tags: { title: "A Short History of the Breakwater as Told by the People Who Were Promised One and Never Saw It Built", artist: "The Ostrava Municipal Orchestra of Wind and Rain", album: "Nine Rooms With the Lamps Left On", track: "1", date: "1968", genre: "Modern" } },
  { name: "4.opus", tone: 260, tags: { title: "طريق الملح", artist: "نور الصيّاد", album: "ليلٌ طويل", track: "1", date: "2019", genre: "Ambient" } },
  { name: "5.ogg", tone: 290, tags: { title: "夜の回線", artist: "水無月ユキ", album: "夜の回線", track: "1", date: "2019", genre: "City pop" } },
  { name: "6.wav", tone: 350, tags: { title: "Room Tone" } },
];

export class Listener {
  constructor(url) {
    this.url = url;
    this.cookie = "";
  }

  async ask(method, path, body) {
    const headers = { cookie: this.cookie };
    const form = body instanceof FormData;
    if (body && !form) headers["content-type"] = "application/json";
    const answer = await fetch(this.url + "/api" + path, { method, headers, body: form ? body : body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const cookie = answer.headers.get("set-cookie");
    if (cookie) this.cookie = cookie.split(";")[0];
    return text ? JSON.parse(text) : undefined;
  }

  async signUp(username = "listener") {
    await this.ask("POST", "/auth/register", { username, email: `${username}@example.org`, password: "Correct1horse", client: "web" });
    return this;
  }

  async signIn(username, password) {
    await this.ask("POST", "/auth/login", { username, password, client: "web" });
    return this;
  }

  async upload(path) {
    const form = new FormData();
    form.append("audio", new Blob([readFileSync(path)]), basename(path));
    return (await this.ask("POST", "/songs/upload", form)).song;
  }

  /** Uploads all songs, plays the first three and puts them on a public playlist. Answers the songs. */
  async moveIn() {
    const folder = temporaryFolder();
    const made = [];
    for (const song of songs) made.push(await this.upload(makeSong(folder, song)));
    for (const song of made.slice(0, 3)) await this.ask("POST", "/songs/record-listening", { songId: song.id });
    await this.ask("PUT", `/songs/${made[0].id}/like`);
    const { playlist } = await this.ask("POST", "/playlists", { name: "Sunday, windows open", isPublic: true });
    await this.ask("POST", `/playlists/${playlist.id}/songs`, { songIds: made.slice(0, 3).map((s) => s.id) });
    return made;
  }

  /** The session as a browser keeps it. */
  browserCookie() {
    const [name, value] = this.cookie.split("=");
    return { name, value, url: this.url, httpOnly: true, sameSite: "Lax" };
  }
}
