package mediatest

import "bytes"

// Retag makes a file of sound that was encoded before, with these tags in the place of its own: MP3 (bare frames),
// FLAC, Ogg Vorbis and Opus whose header packets fill whole pages, or MP4 whose index is its last atom. MP3 with
// the zero value of Tags stays without a tag.
func Retag(sound []byte, tags Tags) []byte {
	switch {
	case bytes.HasPrefix(sound, []byte("fLaC")):
		return retagFLAC(sound, tags)
	case bytes.HasPrefix(sound, []byte("OggS")):
		if bytes.Contains(sound[:64], []byte("OpusHead")) {
			return retag(sound, append([]byte("OpusTags"), oggComments(tags)...))
		}
		return retag(sound, append(append([]byte("\x03vorbis"), oggComments(tags)...), 1))
	case bytes.Equal(sound[4:8], []byte("ftyp")):
		return putMoov(sound, tags)
	}
	if tag := ID3(tags); len(tag) > len("ID3\x04\x00\x00")+4 {
		return append(tag, sound...)
	}
	return bytes.Clone(sound)
}

// retagFLAC keeps the first block, which describes the sound, and the frames behind the last one.
func retagFLAC(file []byte, tags Tags) []byte {
	const magic, head = 4, 4
	next := func(at int) int { return at + head + int(file[at+1])<<16 + int(file[at+2])<<8 + int(file[at+3]) }
	frames := magic
	for last := false; !last; frames = next(frames) {
		last = file[frames]&0x80 != 0
	}
	made := bytes.Clone(file[:next(magic)])
	made[magic] &= 0x7f
	if len(tags.Picture) > 0 {
		made = append(made, flacMeta(6, FLACPicture(tags.Picture))...)
	}
	comments := flacMeta(4, VorbisComment(tags))
	comments[0] |= 0x80
	return append(append(made, comments...), file[frames:]...)
}
