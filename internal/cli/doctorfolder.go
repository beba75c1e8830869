package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hathor/internal/ffmpeg"
	"hathor/internal/stream"
)

// private are files of the data folder that nobody else may read.
var private = []string{"secret", "hathor.db", "hathor.db-wal", identityFile}

func (e *examination) dataFolder() {
	const check = "data folder"
	path := e.settings.DataDir
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Warn(check, "The first start of the server makes it; if there was one, set DATA_DIR right", "%s is not there", path)
		return
	case err != nil:
		e.Fail(check, "Let the server's user read it", "%v", err)
		return
	case !info.IsDir():
		e.Fail(check, "Set DATA_DIR to a folder", "%s is no folder", path)
		return
	}
	e.running = folderInUse(path)
	if owner, mine := ownerOf(info); !mine {
		e.Warn(check, "Run the server and its commands as the user who owns it, or give it to that user: chown -R USER "+path, "%s belongs to %s", path, owner)
	}
	probe := &folder{path: path}
	if err := probe.writable(); err != nil {
		e.Fail(check, "Let the server's user write to it; a full or read-only disk says so here as well", "%v", err)
		return
	}
	if !e.rights(path, 0o700) { // a closed folder keeps what is in it
		for _, name := range private {
			e.rights(filepath.Join(path, name), 0o600)
		}
	}
	use := "no server uses it"
	if e.running {
		use = "a server uses it"
	}
	e.OK(check, "%s can be written, %s", path, use)
}

// rights finds, and on demand mends, what others than the owner may read. It tells whether all is well now.
func (e *examination) rights(path string, want fs.FileMode) bool {
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return true
	}
	if e.Repair && os.Chmod(path, want) == nil {
		e.Mended("rights of %s", path)
		return true
	}
	e.Warn("data folder", "Run 'hathor doctor --repair', or chmod it", "others may read %s (%v)", path, info.Mode().Perm())
	return false
}

const (
	littleSpace  = 1 << 30
	leastSpace   = 100 << 20
	clockBehind  = 5 * time.Minute
	firstYear    = 2025
	longestProbe = 3 * time.Second
)

func (e *examination) space() {
	free, known := freeSpace(e.settings.DataDir)
	const check, next = "free space", "Make room, or move the data folder to a larger disk"
	switch {
	case !known:
	case free < leastSpace:
		e.Fail(check, next, "%s where the data folder is", megabytes(free))
	case free < littleSpace || free < e.settings.MaxFileSize:
		e.Warn(check, next, "%s where the data folder is; one upload may have %s", megabytes(free), megabytes(e.settings.MaxFileSize))
	default:
		e.OK(check, "%s", megabytes(free))
	}
}

func (e *examination) libraries() {
	const check = "library folder"
	for _, path := range e.settings.MusicDirs {
		entries, err := os.ReadDir(path)
		switch {
		case err != nil:
			e.Fail(check, "Mount it, let the server's user read it, or set MUSIC_DIRS right: until then its songs show as missing", "%v", err)
		case len(entries) == 0:
			e.Warn(check, "Is it mounted?", "%s is empty", path)
		default:
			e.OK(check, "%s can be read; it is never written to", path)
		}
	}
}

// programs looks at what songs are converted with. To have none is no fault.
func (e *examination) programs() {
	const check = "ffmpeg"
	found, err := ffmpeg.Find(e.ctx, ffmpeg.Settings{Path: e.settings.FFmpeg})
	if err == nil {
		err = found.Check()
	}
	switch {
	case errors.Is(err, ffmpeg.ErrOff):
		e.OK(check, "switched off: songs are played as they are")
	case errors.Is(err, ffmpeg.ErrAbsent) && e.settings.FFmpeg == "":
		e.OK(check, "not installed: songs are played as they are, and those that browsers cannot read are not")
	case err != nil:
		e.Fail(check, "Set FFMPEG right, or leave it out for the one of PATH", "%v", err)
	default:
		e.encoders(check, found)
	}
}

func (e *examination) encoders(check string, found *ffmpeg.Tool) {
	var lacking []string
	for _, codec := range []stream.Codec{stream.OpusCodec, stream.AACCodec, stream.MP3Codec} {
		if !found.Makes(codec) {
			lacking = append(lacking, string(codec))
		}
	}
	if len(lacking) > 0 {
		e.Warn(check, "Install an ffmpeg with libopus and libmp3lame", "%s, version %s, cannot make %s", found.Path(), found.Version(), strings.Join(lacking, ", "))
		return
	}
	e.OK(check, "%s, version %s", found.Path(), found.Version())
}

// time compares the clock with what it must be past. Tokens and second factors fail on a wrong clock.
func (e *examination) time() {
	const check, next = "clock", "Set the clock, and let NTP keep it: tokens and second factors depend on it"
	now := e.clock.Now()
	if now.Year() < firstYear {
		e.Fail(check, next, "the machine says it is %s", now.Format(time.RFC3339))
		return
	}
	for _, name := range []string{"hathor.db", "hathor.db-wal", "secret"} {
		info, err := os.Stat(filepath.Join(e.settings.DataDir, name))
		if err == nil && info.ModTime().Sub(now) > clockBehind {
			e.Fail(check, next, "%s was written %s from now", name, info.ModTime().Sub(now).Round(time.Minute))
			return
		}
	}
	e.OK(check, "%s", now.Format("2006-01-02 15:04:05 MST"))
}
