package media_test

import (
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hathor/internal/media/mediatest"
)

// oddID3 are tags that no program of today writes, before and behind the audio.
func oddID3(t *testing.T, folder string, audio []byte) []oracleCase {
	plain := frame23("TIT2", "\x01"+little("Größe ÿ")) + frame23("TPE1", "\x00Ada")
	ape := string(apeTag("Title", "Behind", "Artist", "Bea", "Album", "Lines"))
	v1 := string(id3v1("Oldest"))
	before, behind := map[string]string{}, map[string]string{}
	before["v22"] = string(id3Tag(2, 0, frame22("TT2", "\x01"+little("Größe"))+frame22("TP1", "\x00Ada")+frame22("TAL", "\x00Lines")+frame22("TRK", "\x004/9")+frame22("TYE", "\x001999")))
	before["v22picture"] = string(id3Tag(2, 0, frame22("TT2", "\x00Seen")+frame22("PIC", "\x00JPG\x03\x00"+string(mediatest.JPEG(8, 8, color.Black)))))
	before["v22unsync"] = string(id3Tag(2, 0x80, unsynchronised(frame22("TT2", "\x01"+little("ÿ Größe"))+frame22("TP1", "\x00Ada"))))
	before["v23unsync"] = string(id3Tag(3, 0x80, unsynchronised(plain)))
	before["v24unsync"] = string(id3Tag(4, 0x80, frameWith("TIT2", "\x00\x02", unsynchronised("\x01"+little("Größe ÿ")))+frameWith("TPE1", "\x00\x02", "\x00Ada")))
	before["v24frame"] = string(id3Tag(4, 0, frameWith("TIT2", "\x00\x02", unsynchronised("\x01"+little("Größe ÿ")))+frame23("TPE1", "\x00Ada")))
	before["v24length"] = string(id3Tag(4, 0, frameWith("TIT2", "\x00\x01", "\x00\x00\x00\x05\x03Bus!")+frame23("TPE1", "\x00Ada")))
	before["v23extended"] = string(id3Tag(3, 0x40, "\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00"+plain))
	before["v23checksum"] = string(id3Tag(3, 0x40, "\x00\x00\x00\x0a\x80\x00\x00\x00\x00\x00\x12\x34\x56\x78"+plain))
	before["v24extended"] = string(id3Tag(4, 0x40, "\x00\x00\x00\x06\x01\x00"+plain))
	before["v24checksum"] = string(id3Tag(4, 0x40, "\x00\x00\x00\x0c\x01\x20\x05\x01\x02\x03\x04\x05"+plain))
	before["v23compressed"] = string(id3Tag(3, 0, frameWith("TIT2", "\x00\x80", "\x00\x00\x00\x05"+deflated("\x00Bus!"))+frame23("TPE1", "\x00Ada")))
	before["v24compressed"] = string(id3Tag(4, 0, frameWith("TIT2", "\x00\x09", "\x00\x00\x00\x05"+deflated("\x03Bus!"))+frame23("TPE1", "\x00Ada")))
	before["v24encrypted"] = string(id3Tag(4, 0, frameWith("TIT2", "\x00\x05", "\x00\x00\x00\x05\x01none")+frame23("TPE1", "\x00Ada")))
	before["v23padding"] = string(id3Tag(3, 0, plain+strings.Repeat("\x00", 5000)))
	before["v23dates"] = string(id3Tag(3, 0, frame23("TYER", "\x002001")+frame23("TDAT", "\x001705")+frame23("TORY", "\x001999")))
	before["v23genres"] = string(id3Tag(3, 0, frame23("TCON", "\x00(17)(31)Psych")))
	footed := id3Tag(4, 0x10, plain)
	before["v24footer"] = string(footed) + "3DI" + string(footed[3:10])
	behind["v1"], behind["ape"], behind["apev1"] = v1, ape, ape+v1
	before["all"], behind["all"] = string(id3Tag(4, 0, frame23("TIT2", "\x03Front"))), ape+v1
	var cases []oracleCase
	seen := map[string]bool{}
	for _, side := range []map[string]string{before, behind} {
		for name := range side {
			if seen[name] {
				continue
			}
			seen[name] = true
			path := filepath.Join(folder, "odd-"+name+".mp3")
			if err := os.WriteFile(path, []byte(before[name]+string(audio)+behind[name]), 0o600); err != nil {
				t.Fatal(err)
			}
			cases = append(cases, oracleCase{path, "mp3", "odd-" + name, "odd"})
		}
	}
	return cases
}
