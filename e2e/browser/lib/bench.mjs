// The measuring program's library: any number of tagged songs, as playable files or as a database without them.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./harness.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
let program;

function bench(...args) {
  if (!program) {
    program = join(temporaryFolder(), "bench");
    execFileSync("go", ["build", "-o", program, "./bench"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  }
  execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"] });
}

/** Writes so many playable files below the folder and answers where they are. */
export function makeFiles(folder, songs) {
  bench("files", folder, `--songs=${songs}`);
  return join(folder, String(songs));
}

/** Fills a new data folder with so many songs. Answers how to serve it and who may sign in. */
export function seedSongs(songs) {
  const dataDir = temporaryFolder();
  bench("seed", dataDir, `--songs=${songs}`);
  return { dataDir, env: { MUSIC_DIRS: join(dataDir, "seeded-music") }, username: "admin", password: "Bench-password-1" };
}
